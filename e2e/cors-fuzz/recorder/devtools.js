// Hands what DevTools gives an extension to the test, which finds this page's frame.
globalThis.har = () => new Promise((resolve) => chrome.devtools.network.getHAR(resolve));
