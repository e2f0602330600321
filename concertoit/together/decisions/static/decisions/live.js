// Asks again for every [data-live], every data-every seconds. What did not change is answered 304 and costs nothing.
// The time left is counted here between two answers.

async function ask(place) {
  try {
    const answer = await fetch(place.dataset.live, { headers: place.dataset.etag ? { "If-None-Match": place.dataset.etag } : {}, cache: "no-store" });
    if (answer.status !== 200) return;
    place.dataset.etag = answer.headers.get("ETag") ?? "";
    const html = await answer.text();
    const was = place.querySelector("[data-say]")?.dataset.say;
    place.innerHTML = html;
    const said = place.querySelector("[data-say]")?.dataset.say;
    if (said && said !== was) document.getElementById("annonce").textContent = said;
    place.dispatchEvent(new CustomEvent("live", { bubbles: true }));
    count();
  } catch { /* no network: ask again in a while */ }
}

function count() {
  for (const time of document.querySelectorAll("time[data-until]")) {
    const left = Math.round((new Date(time.dataset.until) - Date.now()) / 1000);
    const over = left <= 0;
    time.textContent = over ? time.dataset.over : `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    time.parentElement.classList.toggle("over", over);
    time.parentElement.classList.toggle("soon", !over && left <= 30);
  }
}

for (const place of document.querySelectorAll("[data-live]")) {
  const every = Number(place.dataset.every) * 1000;
  // Phones that came in together do not ask together.
  const again = () => setTimeout(async () => { if (!document.hidden) await ask(place); again(); }, every * (0.8 + Math.random() * 0.4));
  again();
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(place); });
}
count();
setInterval(count, 1000);
