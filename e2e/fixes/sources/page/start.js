// Runs the page's own script once what has to come first is done, and its witness at once after it.
const texts = ['client.js', 'witness.js'].map(async (name) => (await fetch(`/proof/${name}`)).text());

await window.before();
for (const text of await Promise.all(texts)) {
  document.body.append(Object.assign(document.createElement('script'), { text }));
}
