// The small behaviours of every page. Each page works without them; nothing here decides anything.
import { announce, watchSwaps } from "./announce.js";
import { watchDialogs } from "./dialogs.js";
import { watchForms } from "./forms.js";
import { watchMenus } from "./menus.js";

watchSwaps();
watchDialogs();
watchForms();
watchMenus();

function arrive(root) {
  // Controls that only make sense with scripts are hidden until now; those that replace them disappear.
  for (const element of root.querySelectorAll("[data-copy], [data-close-toast], [data-drop-text]")) element.hidden = false;
  for (const element of root.querySelectorAll("[data-autosubmit] [data-no-js]")) element.hidden = true;
  root.querySelector("[data-focus]")?.focus();
  // On a phone, bars of views run past the edge: bring the one that is open into sight.
  for (const here of root.querySelectorAll(":is(.segmented, .tabs ul, nav.chips) [aria-current]")) {
    const bar = here.closest(".segmented, .tabs ul, nav.chips");
    const over = here.getBoundingClientRect().right - bar.getBoundingClientRect().right;
    if (over > 0) bar.scrollLeft += over + 48;
  }
}

document.addEventListener("click", async (event) => {
  const copier = event.target.closest("[data-copy]");
  if (copier) {
    await navigator.clipboard.writeText(new URL(copier.dataset.copy, location.href).href);
    announce(copier.dataset.copied, { show: true });
  }
  if (event.target.closest("[data-close-toast]")) event.target.closest("[data-toast]").remove();
});

arrive(document);
document.addEventListener("htmx:load", (event) => arrive(event.detail.elt));
const waiting = [...document.querySelectorAll("[data-toast] p")].map((p) => p.textContent);
// A live region that changes while the page loads is not read: leave the reader time to start.
if (waiting.length) setTimeout(() => announce(waiting.join(" ")), 600);

// Entries typed without network may wait on any page: whatever page opens next sends them.
try {
  if (Number(localStorage.getItem("concertoit-waiting")) && !document.querySelector("[data-offline-queue]")) import("./offline.js");
} catch { /* storage refused */ }
