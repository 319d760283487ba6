// Notes what the client says, in the lab's way: `window.lab.events`, and `<body data-state>` once the connection worked or failed.
window.lab = { events: [] };

function note(event, text = '') {
  window.lab.events.push({ connection: 0, event, text });
  document.getElementById('log').append(`${event} ${text}\n`);
}
