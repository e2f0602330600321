// Dragging an idea on a group does what « Grouper » does. Everything here also has a button.

const form = document.getElementById("tri");

function chosen() {
  const count = form.querySelectorAll("[name=idee]:checked").length;
  const line = form.querySelector("[data-chosen]");
  line.textContent = count ? `${count} ${line.dataset.chosen}` : "";
}

if (form) {
  let held = null;
  for (const idea of form.querySelectorAll("[data-idea]")) {
    idea.draggable = true;
    idea.addEventListener("dragstart", () => { held = idea; idea.classList.add("held"); });
    idea.addEventListener("dragend", () => { held = null; idea.classList.remove("held"); });
  }
  for (const zone of form.querySelectorAll("[data-group]")) {
    zone.addEventListener("dragover", (event) => { if (held) { event.preventDefault(); zone.classList.add("over"); } });
    zone.addEventListener("dragleave", () => zone.classList.remove("over"));
    zone.addEventListener("drop", async (event) => {
      event.preventDefault();
      zone.classList.remove("over");
      if (!held) return;
      const body = new URLSearchParams({ quoi: "deplacer", groupe: zone.dataset.group, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
      const answer = await fetch(held.dataset.move, { method: "POST", body, redirect: "manual" });
      if (answer.ok || answer.type === "opaqueredirect") location.reload();
    });
  }
  form.addEventListener("change", chosen);
  // Enter in the title of a new group makes the group, not the first button of the form.
  form.elements.nouveau.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); form.querySelector("[value=grouper]").click(); }
  });
  chosen();
}
