// Keeps static files, and the pages that say they may be kept (header X-Offline-Page: whose). Nothing else, ever:
// pages hold personal data. What is typed is in the queue of offline.js, not here.
const STATIC = "static-1";
const PAGES = "pages-";
const PATIENCE = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const forget = async (kept = "") => {
  for (const name of await caches.keys()) if (name.startsWith(PAGES) && name !== kept) await caches.delete(name);
};

async function keepPage(request, response) {
  const owner = response.headers.get("X-Offline-Page");
  if (!owner || !response.ok) return;
  await forget(PAGES + owner);
  await (await caches.open(PAGES + owner)).put(request, response.clone());
}

async function keptPage(request) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PAGES)) continue;
    const page = await (await caches.open(name)).match(request, { ignoreVary: true });
    if (page) return page;
  }
  return null;
}

async function page(request) {
  const fresh = fetch(request).then(async (response) => { await keepPage(request, response); return response; });
  const slow = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  try {
    const first = await Promise.race([fresh, slow]);
    if (first) return first;
    return (await keptPage(request)) ?? (await fresh);
  } catch {
    return (await keptPage(request)) ?? (await caches.match("/hors-ligne/")) ?? Response.error();
  }
}

async function file(request) {
  const cache = await caches.open(STATIC);
  const known = await cache.match(request);
  if (known) return known;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && url.pathname.endsWith("/deconnexion/")) event.waitUntil(forget());
  if (request.method !== "GET") return;
  if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (request.mode === "navigate") event.respondWith(page(request));
});

// The first visit is loaded before this worker exists: the page names what it used, and asks that it be kept.
self.addEventListener("message", (event) => {
  const { keep = [], owner = null } = event.data;
  event.waitUntil((async () => {
    if (owner !== null) await forget(owner && PAGES + owner);
    await Promise.all(keep.map(async (address) => {
      try {
        const request = new Request(address);
        if (new URL(address).pathname.startsWith("/static/")) return await file(request);
        const response = await fetch(request);
        if (address.endsWith("/hors-ligne/")) return await (await caches.open(STATIC)).put("/hors-ligne/", response);
        await keepPage(request, response);
      } catch { /* no network now: the next visit keeps it */ }
    }));
    event.source?.postMessage({ kept: keep.length });
  })());
});
