// Forms: filters that apply themselves, nothing lost by leaving, nothing sent twice, files dropped, appearance at once.

const changed = new Set();

function autosubmit(event) {
  const form = event.target.closest("form[data-autosubmit]");
  if (!form || form.hasAttribute("hx-get") || event.target.matches("[type=search], [type=text]")) return;
  form.requestSubmit();
}

function chooseTheme(event) {
  const form = event.target;
  if (!form.matches("[data-theme-choice]") || !event.submitter) return;
  event.preventDefault();
  const theme = event.submitter.value;
  document.documentElement.dataset.theme = theme;
  document.querySelector("meta[name=color-scheme]").content = theme === "auto" ? "light dark" : theme;
  for (const button of form.querySelectorAll("button")) button.ariaPressed = String(button === event.submitter);
  fetch(form.action, { method: "POST", body: new FormData(form, event.submitter), redirect: "manual" });
}

function once(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  changed.delete(form);
  if (form.dataset.offline) return;  // offline.js keeps each entry at once: the next one may follow in a second
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  form.classList.add("htmx-request");
  setTimeout(() => { delete form.dataset.sent; form.classList.remove("htmx-request"); }, 8000);
}

function drop(event) {
  const zone = event.target.closest?.("[data-drop]");
  if (!zone) return;
  event.preventDefault();
  zone.classList.toggle("over", event.type === "dragover");
  if (event.type !== "drop") return;
  const input = zone.querySelector("input[type=file]");
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

export function watchForms() {
  document.addEventListener("change", autosubmit);
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-guard]");
    if (form) changed.add(form);
  });
  document.addEventListener("submit", chooseTheme);
  document.addEventListener("submit", once);
  for (const name of ["dragover", "dragleave", "drop"]) document.addEventListener(name, drop);
  document.addEventListener("htmx:afterRequest", (event) => changed.delete(event.detail.elt));
  // Back with the browser's button: a page kept in memory must not think that it was sent.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) { delete form.dataset.sent; form.classList.remove("htmx-request"); }
  });
  addEventListener("beforeunload", (event) => {
    if ([...changed].some((form) => form.isConnected)) event.preventDefault();
  });
}
