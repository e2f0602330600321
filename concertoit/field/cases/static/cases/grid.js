// What heads the sheet goes into each dimension's form; counts follow the thumb; a danger asks for a state; a dimension
// that was kept stays as it was typed, and the next one opens.
const head = document.getElementById("entete");
const day = head.querySelector("[data-today]");

// A page that the phone kept may have been made another day.
const now = new Date();
const here = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
if (day.value === day.dataset.today && here > day.max) day.value = day.max = here;

function copy() {
  for (const field of head.querySelectorAll("[data-copy]")) for (const form of document.querySelectorAll("form[data-offline]")) form.elements[field.dataset.copy].value = field.value;
}

function follow(point) {
  const state = point.querySelector("[data-state]:checked")?.value;
  const danger = point.querySelector("[data-danger]");
  danger?.setCustomValidity(danger.checked && !"123".includes(state || "x") ? danger.dataset.why : "");
  const part = point.closest("details");
  part.querySelector("[data-said]").textContent = part.querySelectorAll("[data-state]:checked").length;
  document.getElementById("alerte").hidden = !document.querySelector("[data-danger]:checked");
}

head.addEventListener("change", copy);
document.addEventListener("change", (event) => { const point = event.target.closest("[data-point]"); if (point) follow(point); });
document.addEventListener("offline:kept", (event) => {
  const form = event.target;
  for (const [name, value, file] of event.detail.entry.fields) {
    if (file || name === "client_id") continue;
    for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (control.type === "radio" || control.type === "checkbox") control.checked = control.value === value;
      else if (control.type !== "file") control.value = value;
    }
  }
  for (const point of form.querySelectorAll("[data-point]")) follow(point);
  const part = form.closest("details");
  part.querySelector("[data-kept]").hidden = false;
  part.open = false;
  const next = part.nextElementSibling?.matches("details") ? part.nextElementSibling : part;
  if (next !== part) next.open = true;
  next.scrollIntoView();
});
copy();
