// Lets the report page open without a signal. It keeps style, script and those pages, nothing else:
// sending is the page's work, since background sending is missing on many phones.
export {};
declare const self: ServiceWorkerGlobalScope;
declare const SHELL: string[];

const ASSETS = `assets ${SHELL.join(" ")}`;
const PAGES = "pages";

/** Pages that can be filled in without a signal. */
const OFFLINE = [/^\/report$/, /^\/p\/[^/]+$/, /^\/worker(\/report)?$/];

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(ASSETS)
      .then((cache) => cache.addAll(SHELL))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== ASSETS && name !== PAGES).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/assets/")) event.respondWith(kept(request));
  // Whoever signs in next on this phone must not find the pages of the last one.
  else if (url.pathname === "/sign-in") event.waitUntil(caches.delete(PAGES));
  else if (request.mode === "navigate" && OFFLINE.some((page) => page.test(url.pathname))) {
    event.respondWith(freshOrKept(request));
  }
});

async function kept(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

async function freshOrKept(request: Request): Promise<Response> {
  const cache = await caches.open(PAGES);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await cache.put(request, answer.clone());
    return answer;
  } catch (lost) {
    const copy = await cache.match(request);
    if (copy) return copy;
    throw lost;
  }
}
