// Runs the page's own script once what has to come first is done.
function load(src) {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src, onload: resolve, onerror: reject });
    document.body.append(script);
  });
}

await window.before();
await load('/proof/client.js');
await load('/proof/witness.js');
