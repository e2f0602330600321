// What is typed in a <form data-offline> stays on the phone until the server says that it has it (docs/dev/offline.md).
// Each entry has an id made here: sent twice, it is one. It is sent under the account that typed it, never another.
import { announce } from "./announce.js";

const EVERY = 5000;
const place = document.querySelector("[data-offline-queue]");
let flushing = null;
let drawn = null;

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const opening = (() => {
  const request = indexedDB.open("concertoit", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("queue", { keyPath: "id" });
  return done(request);
})();
const store = async (mode) => (await opening).transaction("queue", mode).objectStore("queue");
const put = async (entry) => done((await store("readwrite")).put(entry));
const drop = async (id) => done((await store("readwrite")).delete(id));
export const waiting = async () => (await done((await store("readonly")).getAll())).sort((a, b) => a.at - b.at);

/** A UUID, also where crypto.randomUUID is not given (a plain-http address of the office). */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return [...bytes].map((x, i) => ([4, 6, 8, 10].includes(i) ? "-" : "") + x.toString(16).padStart(2, "0")).join("");
}

/** Who is logged in now, and a token that is not stale; null without network. */
async function identity() {
  try {
    const answer = await fetch("/hors-ligne/jeton/", { cache: "no-store", signal: AbortSignal.timeout?.(8000) });
    return answer.ok ? await answer.json() : null;
  } catch { return null; }
}

/** "sent", "wait" (try again later), or the words of a refusal. */
async function send(entry, token) {
  const body = new FormData();
  for (const [name, value, file] of entry.fields) file ? body.append(name, value, file) : body.append(name, value);
  body.set("csrfmiddlewaretoken", token);
  try {
    const answer = await fetch(entry.url, { method: "POST", body, headers: { "X-Queue": "1" }, redirect: "manual", signal: AbortSignal.timeout?.(60000) });
    if (answer.status === 204) return "sent";
    if (answer.status === 422) return { why: (await answer.text()).slice(0, 500) };
    if ([400, 403, 404, 413].includes(answer.status)) return { why: place?.dataset.refused ?? String(answer.status) };
  } catch { /* no network, or it was cut in the middle: the id makes sending again safe */ }
  return "wait";
}

/** Send what waits, one tab at a time; answers what became of each entry by its id. */
export function flush() {
  flushing ??= alone(sendAll).finally(() => { flushing = null; draw(); });
  return flushing;
}
const alone = (act) => (navigator.locks ? navigator.locks.request("concertoit-queue", { ifAvailable: true }, (lock) => (lock ? act() : {})) : act());

async function sendAll() {
  const outcome = {};
  const entries = (await waiting()).filter((entry) => !entry.why);
  if (!entries.length) return outcome;
  const now = await identity();
  if (!now?.token) return outcome;
  for (const entry of entries) {
    if (entry.user !== now.user) continue;
    const said = await send(entry, now.token);
    if (said === "wait") break;
    outcome[entry.id] = said;
    if (said === "sent") await drop(entry.id);
    else await put({ ...entry, why: said.why });
    if (entries.length > 3) draw();
  }
  return outcome;
}

async function submitted(event) {
  const form = event.target.closest("form[data-offline]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  const id = form.elements.client_id.value || newId();
  form.elements.client_id.value = id;
  const fields = [...new FormData(form, event.submitter)].filter(([name]) => name !== "csrfmiddlewaretoken");
  const entry = {
    id, kind: form.dataset.offline, label: form.dataset.offlineLabel ?? "", url: form.action, user: place?.dataset.user ?? "", at: Date.now(), why: "",
    fields: fields.filter(([, value]) => !(value instanceof File && !value.size)).map(([name, value]) => (value instanceof File ? [name, value, value.name] : [name, value])),
  };
  try {
    await put(entry);
  } catch { // storage refused (private window): send it as any form
    delete form.dataset.busy;
    return HTMLFormElement.prototype.submit.call(form);
  }
  await draw();
  if (flushing) await flushing;
  const said = (await flush())[id];
  delete form.dataset.busy;
  if (said?.why) {  // somebody is in front of the form: they correct it there
    await drop(id);
    draw();
    return complain(form, said.why);
  }
  const sent = said === "sent";
  complain(form, "");
  if (sent && form.dataset.offlineNext) return location.assign(form.dataset.offlineNext);
  announce(sent ? place?.dataset.sent : place?.dataset.kept, { show: true });
  form.reset();
  form.elements.client_id.value = newId();
  form.dispatchEvent(new CustomEvent("offline:kept", { bubbles: true, detail: { sent, entry } }));
}

function complain(form, why) {
  const box = form.querySelector("[data-offline-error]");
  if (!box) return why && announce(why, { show: true });
  box.hidden = !why;
  box.querySelector("[data-words]").textContent = why;
  if (why) box.focus();
}

/** Put an entry back in its form, to be corrected. */
async function correct(entry) {
  const form = [...document.querySelectorAll("form[data-offline]")].find((one) => one.action === entry.url);
  if (!form) return location.assign(entry.url);
  form.reset();
  for (const [name, value] of entry.fields) {
    if (value instanceof Blob) continue;
    for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (control.type === "checkbox" || control.type === "radio") control.checked ||= control.value === value;
      else if (control.type !== "submit") control.value = value;
    }
  }
  form.elements.client_id.value = entry.id;
  await drop(entry.id);
  complain(form, entry.why);
  draw();
}

const asText = (blob) => new Promise((resolve) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result);
  reader.readAsDataURL(blob);
});

async function exportQueue() {
  const entries = await Promise.all((await waiting()).map(async (entry) => ({
    ...entry, fields: await Promise.all(entry.fields.map(async ([name, value, file]) => [name, value instanceof Blob ? await asText(value) : value, ...(file ? [file] : [])])),
  })));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify({ made_at: new Date().toISOString(), entries }, null, 1)], { type: "application/json" }));
  link.download = `concertoit-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function draw() {
  const entries = await waiting();
  try { localStorage.setItem("concertoit-waiting", entries.length); } catch { /* only a hint for other pages */ }
  const now = JSON.stringify(entries.map((entry) => [entry.id, entry.why]));
  if (!place || now === drawn) return;  // nothing moved: whoever is on a button of the list stays there
  drawn = now;
  place.hidden = !entries.length;
  const count = place.querySelector("[data-count]");
  const words = entries.length === 1 ? place.dataset.one : place.dataset.many.replace("{n}", entries.length);
  if (count.textContent !== words) count.textContent = words;
  place.querySelector("[data-list]").replaceChildren(...entries.slice(0, 50).map((entry) => {
    const row = place.querySelector("template").content.cloneNode(true).firstElementChild;
    row.querySelector("[data-label]").textContent = entry.label;
    row.querySelector("[data-at]").textContent = new Date(entry.at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    row.querySelector("[data-why]").textContent = entry.why || (mine(entry) ? "" : place.dataset.other);
    row.querySelector("[data-correct]").hidden = !entry.why || !mine(entry);
    row.querySelector("[data-correct]").addEventListener("click", () => correct(entry));
    row.querySelector("[data-drop]").addEventListener("click", async () => { if (confirm(place.dataset.sure)) { await drop(entry.id); draw(); } });
    return row;
  }));
}
const mine = (entry) => entry.user === place?.dataset.user;

document.addEventListener("submit", submitted);
place?.querySelector("[data-send]").addEventListener("click", flush);
place?.querySelector("[data-export]").addEventListener("click", exportQueue);
for (const form of document.querySelectorAll("form[data-offline]")) if (!form.elements.client_id.value) form.elements.client_id.value = newId();
addEventListener("online", flush);
document.addEventListener("visibilitychange", () => { if (!document.hidden) flush(); });
setInterval(async () => ((await waiting()).some((entry) => !entry.why) ? flush() : draw()), EVERY);  // another tab may have sent
draw();
flush();

// The page and what it is made of are kept for when there is no network.
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/service-worker.js").then(async () => {
    const { active } = await navigator.serviceWorker.ready;
    const files = [...performance.getEntriesByType("resource").map((one) => one.name), ...[...document.querySelectorAll("link[href], script[src]")].map((one) => one.href || one.src)];
    const keep = [...new Set(files.filter((name) => name.startsWith(`${location.origin}/static/`)))];
    active?.postMessage({ keep: [...keep, `${location.origin}/hors-ligne/`, location.href], owner: place?.dataset.user ?? null });
  }).catch(() => { /* not a secure context: the queue still works, the page itself needs the network to open */ });
}
