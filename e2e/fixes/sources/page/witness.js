// Notes what the client says of the connection, and when it worked or failed.
const upgradeEnded = new Promise((resolve) => {
  const watch = () => {
    for (const event of ['upgrade', 'upgradeError']) socket.io.engine.once(event, resolve);
  };
  // A page that connects later has no engine yet.
  if (socket.io.engine) watch();
  else socket.io.once('open', watch);
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
setTimeout(() => {
  document.body.dataset.state = 'settled';
}, window.waitsMs);
