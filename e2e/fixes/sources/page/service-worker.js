// The page's service worker, which answers whatever is not the page's own with the application's start page.
// fix:start
// fix:end

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  if (new URL(event.request.url).pathname.startsWith('/proof/')) return;
  event.respondWith(new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }));
});
