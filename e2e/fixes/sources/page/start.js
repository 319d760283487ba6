// Runs the page's own script once what has to come first is done.
const script = await (await fetch('/proof/client.js')).text();

await window.before();
document.body.append(Object.assign(document.createElement('script'), { text: script }));
