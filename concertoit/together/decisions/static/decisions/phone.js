// Ideas from a phone whose network comes and goes: each has an id made here, is kept until the server says it has it,
// and may be sent again without being written twice. What was sent is remembered for this tab only.
import "./live.js";

const form = document.getElementById("idee");
const mine = document.getElementById("mes-idees");
const { key, waiting, sending, sent, taken, said, kept } = form.dataset;
const box = form.elements.text;
let flushing = false;

const read = (store) => { try { return JSON.parse(store.getItem(key)) ?? []; } catch { return []; } };
let queue = read(localStorage);
let done = read(sessionStorage);

function keep() {
  try {
    localStorage.setItem(key, JSON.stringify(queue));
    sessionStorage.setItem(key, JSON.stringify(done));
  } catch { /* storage refused: the page itself still holds them */ }
  draw();
}

function newId() {
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  return [...b].map((x, i) => ([4, 6, 8, 10].includes(i) ? "-" : "") + x.toString(16).padStart(2, "0")).join("");
}

function draw() {
  const list = mine.querySelector("[data-list]");
  list.replaceChildren(...[...done, ...queue].reverse().map((one) => {
    const row = mine.querySelector("template").content.cloneNode(true).firstElementChild;
    row.querySelector("[data-text]").textContent = one.text;
    const state = row.querySelector("[data-state]");
    const here = queue.includes(one);
    state.textContent = one.why ?? (one.taken ? taken : here ? (flushing ? sending : waiting) : sent);
    state.classList.add(one.why ? "late" : here ? "sun" : one.taken ? "neutral" : "ok");
    const back = row.querySelector("[data-take-back]");
    back.hidden = Boolean(one.taken);
    back.addEventListener("click", () => takeBack(one));
    return row;
  }));
  mine.hidden = !queue.length && !done.length;
  mine.querySelector("[data-queue]").hidden = !queue.length;
  mine.querySelector("[data-queue-count]").textContent = queue.length;
}

function post(values) {
  const body = new URLSearchParams({ ...values, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  return fetch(form.action, { method: "POST", body, headers: { "X-Idea": "1" }, redirect: "manual", signal: AbortSignal.timeout?.(15000) });
}

async function flush() {
  if (flushing) return;
  flushing = true;
  for (const one of [...queue]) {
    if (one.why) continue;
    try {
      const { id, hat, text, signature } = one;
      const answer = await post({ client_id: id, hat, text, ...(signature ? { signature } : {}) });
      if (answer.status === 204) {
        queue = queue.filter((other) => other !== one);
        done.push({ id, text });
        say(said);
      } else if (answer.status === 422) one.why = await answer.text();
    } catch { break; }
  }
  flushing = false;
  keep();
}

async function takeBack(one) {
  if (queue.includes(one)) queue = queue.filter((other) => other !== one);
  else try { if ((await post({ quoi: "retirer", client_id: one.id })).status === 204) one.taken = true; } catch { say(kept); }
  keep();
}

const say = (words) => { document.getElementById("annonce").textContent = words; };

/** The hat that is open now; what is being written stays under the hat where it was begun. */
function follow() {
  const now = document.querySelector("[data-hat]");
  const under = form.querySelector("[data-under]");
  if (now.dataset.hat && (!box.value.trim() || form.elements.hat.value === "0")) {
    form.elements.hat.value = now.dataset.hat;
    form.querySelector("[data-under-name]").textContent = now.dataset.hatName;
  }
  under.hidden = form.elements.hat.value === now.dataset.hat;
  form.hidden = !now.dataset.hat && !box.value.trim();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = box.value.trim();
  if (!text) return box.focus();
  queue.push({ id: newId(), hat: form.elements.hat.value, text, signature: form.elements.signature?.value });
  box.value = "";
  if (!navigator.onLine) say(kept);
  follow();
  keep();
  flush();
  box.focus();
});
box.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); } });
document.addEventListener("live", () => { follow(); flush(); });
addEventListener("online", flush);
setInterval(() => { if (queue.length) flush(); }, 5000);
draw();
flush();
