// One live region for everything that changes without a page load, and focus that never falls to the body.

const region = () => document.getElementById("annonce");

/** Say a sentence to screen readers; with `show`, also to everybody, as a toast. */
export function announce(text, { show = false, tone = "ok" } = {}) {
  if (!text) return;
  region().textContent = "";
  requestAnimationFrame(() => { region().textContent = text; });
  if (!show) return;
  const toasts = document.getElementById("toasts");
  if (!toasts) return;
  const note = document.createElement("div");
  note.className = `toast-note ${tone}`;
  note.dataset.toast = "";
  const words = document.createElement("p");
  words.textContent = text;
  note.append(words);
  toasts.append(note);
  setTimeout(() => note.remove(), 12000);
}

let focused = null;

function remember() {
  const active = document.activeElement;
  focused = active && active !== document.body ? { id: active.id, name: active.name, at: active.selectionStart } : null;
}

/** After a swap: back to the control that had the focus, else to what asks for it, else to the first heading. */
function restore(target) {
  if (document.activeElement && document.activeElement !== document.body) return;
  const asked = target.querySelector("[data-focus]");
  const same = focused?.id ? document.getElementById(focused.id) : focused?.name ? target.querySelector(`[name="${CSS.escape(focused.name)}"]`) : null;
  const element = asked ?? same ?? target.querySelector("h1, h2, h3") ?? target;
  if (!element.matches("a[href], button, input, select, textarea, summary, [tabindex]")) element.tabIndex = -1;
  element.focus({ preventScroll: element !== asked });
  if (element === same && focused.at != null && "setSelectionRange" in element) {
    try { element.setSelectionRange(focused.at, focused.at); } catch { /* not a text control */ }
  }
}

export function watchSwaps() {
  document.addEventListener("htmx:beforeSwap", (event) => {
    remember();
    // Errors that say where they go (HX-Retarget: #toasts) are shown; anything else never replaces a part of the page.
    if (event.detail.xhr.getResponseHeader("HX-Retarget")) event.detail.shouldSwap = true;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const target = document.getElementById(event.detail.target.id) ?? event.detail.target;
    if (!target.isConnected || target.id === "toasts") return;
    restore(target);
    const said = target.matches("[data-announce]") ? target : target.querySelector("[data-announce]");
    if (said) announce(said.dataset.announce || said.textContent.trim());
  });
  document.addEventListener("htmx:oobAfterSwap", () => {
    announce([...document.querySelectorAll("#toasts p")].at(-1)?.textContent);
  });
  // The server may send HX-Trigger: {"annonce": {"value": "…"}}.
  document.addEventListener("annonce", (event) => announce(event.detail.value, { show: true }));
  document.addEventListener("htmx:sendError", () => announce(document.body.dataset.offline, { show: true, tone: "late" }));
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.getResponseHeader("HX-Retarget")) announce(document.querySelector("#toasts [data-toast]:last-child p")?.textContent);
    else announce(document.body.dataset.failed, { show: true, tone: "late" });
  });
}
