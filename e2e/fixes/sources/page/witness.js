// Notes what the client says, in the lab's way: `window.lab.events`, and `<body data-state>` once the connection worked or failed.
window.lab = { events: [] };

function note(event, text = '') {
  window.lab.events.push({ connection: 0, event, text });
  document.getElementById('log').append(`${event} ${text}\n`);
}

const { engine } = socket.io;
const upgradeEnded = new Promise((resolve) => {
  for (const event of ['upgrade', 'upgradeError']) engine?.once(event, resolve);
});

/** A WebSocket that opens, or does not even do that, and then stays silent: the client itself waits for ever. */
const PATIENCE_MS = 12_000;

/** What the server offers and the client has, too, is tried; nothing to wait for where it is nothing. */
async function upgraded() {
  const { transport, upgrades, _upgrades = upgrades, opts = socket.io.engine } = socket.io.engine;
  if (opts.upgrade && transport.name === 'polling' && _upgrades.length > 0) {
    await Promise.race([upgradeEnded, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  }
}

async function settle() {
  await new Promise((resolve) => {
    socket.on('connect_error', (error) => {
      note('connect_error', error.message ?? error);
      resolve();
    });
    socket.on('disconnect', (reason) => note('disconnect', reason));
    socket.on('connect', async () => {
      note('connect', socket.id);
      note('answer', await new Promise((answer) => socket.emit('hello', 'from the lab', answer)));
      await upgraded();
      await window.act?.(socket);
      note('transport', socket.io.engine.transport.name);
      resolve();
    });
  });
  document.body.dataset.state = 'settled';
}

settle();
