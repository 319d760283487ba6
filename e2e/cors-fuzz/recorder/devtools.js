// Keeps what DevTools gives an extension, for the test to fetch from this page's frame.
globalThis.finished = [];
chrome.devtools.network.onRequestFinished.addListener((entry) => {
  globalThis.finished.push(JSON.parse(JSON.stringify(entry)));
});
globalThis.takeFinished = () => globalThis.finished.splice(0);
globalThis.har = () => new Promise((resolve) => chrome.devtools.network.getHAR(resolve));
