// Counts the time of the current point between two readings of the server. Nothing is lost without it: the page is read again.
function count() {
  for (const time of document.querySelectorAll("time[data-until]")) {
    const left = Math.round((new Date(time.dataset.until) - Date.now()) / 1000);
    const [over, size] = [left < 0, Math.abs(left)];
    time.textContent = `${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
    time.parentElement.classList.toggle("over", over);
    time.parentElement.querySelector(".word").textContent = over ? time.dataset.over : time.dataset.left;
  }
}
setInterval(count, 1000);
