// Side panels (data-dialog) and questions before an act (data-confirm). The browser's own <dialog> keeps the focus.

const cleared = new WeakSet();

function openPanel(event) {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  dialog.showModal();
  dialog.addEventListener("close", () => opener.focus(), { once: true });
}

async function ask(element) {
  const dialog = document.getElementById("confirmation");
  dialog.querySelector("#confirmation-texte").textContent = element.dataset.confirm;
  const detail = dialog.querySelector("[data-detail]");
  detail.textContent = element.dataset.confirmDetail ?? "";
  detail.hidden = !detail.textContent;
  dialog.returnValue = "no";
  dialog.showModal();
  await new Promise((done) => dialog.addEventListener("close", done, { once: true }));
  return dialog.returnValue === "yes";
}

async function askBeforeSubmit(event) {
  const form = event.target;
  const asking = event.submitter?.dataset.confirm ? event.submitter : form;
  if (!asking.dataset.confirm || cleared.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (await ask(asking)) {
    cleared.add(form);
    form.requestSubmit(event.submitter ?? undefined);
  }
}

export function watchDialogs() {
  document.addEventListener("click", openPanel);
  document.addEventListener("click", (event) => {
    if (event.target.matches("dialog[open]")) event.target.close();  // a press on the backdrop
  });
  document.addEventListener("submit", askBeforeSubmit, true);
  // hx-confirm="…" asks with the same dialog as everything else.
  document.addEventListener("htmx:confirm", async (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    if (await ask({ dataset: { confirm: event.detail.question } })) event.detail.issueRequest(true);
  });
}
