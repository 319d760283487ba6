// The lab page's own script: does what the scenario's plan says with the real client, and shows what the client says.
// `window.lab.events` and `<body data-state>` are for the tests: `settled` once every connection worked or failed.
const plan = JSON.parse(document.getElementById('plan').textContent);
const once = new URLSearchParams(location.search).has('once');
const lab = { events: [] };
window.lab = lab;

function note(connection, event, text = '') {
  lab.events.push({ connection, event, text });
  const row = document.getElementById('log').insertRow();
  const cells = [new Date().toLocaleTimeString(), plan.connections[connection].url, event, text];
  for (const cell of cells) row.insertCell().textContent = cell;
  row.dataset.event = event;
}

/** Resolves once the connection works (upgraded, where it may be) or has failed for the first time. */
function open(index) {
  const { url, options } = plan.connections[index];
  const socket = window.io(url, once ? { ...options, reconnection: false } : options);
  socket.on('disconnect', (reason) => note(index, 'disconnect', reason));
  // A v2 client gives its `timeout` as a plain text.
  socket.on('connect_error', (error) => note(index, 'connect_error', error.message ?? error));
  return { index, socket, settled: settle(index, socket) };
}

function settle(index, socket) {
  const upgraded = upgrade(index, socket);
  return new Promise((resolve) => {
    socket.once('connect_error', resolve);
    socket.once('connect', async () => {
      note(index, 'connect', socket.id);
      await Promise.all([hello(index, socket), upgraded()]);
      note(index, 'transport', socket.io.engine.transport.name);
      resolve();
    });
  });
}

function hello(index, socket) {
  return new Promise((resolve) => {
    socket.emit('hello', 'from the lab', (answer) => {
      note(index, 'answer', answer);
      resolve();
    });
  });
}

/** Listens from the start: an upgrade may fail before the connection is made. Returns how to wait for its end, if there is one to come. */
function upgrade(index, socket) {
  const { engine } = socket.io;
  const { transports = ['polling', 'websocket'] } = plan.connections[index].options;
  const ended = new Promise((resolve) => {
    engine.once('upgrade', resolve);
    engine.once('upgradeError', resolve);
  });
  const isFinal = () => engine.transport.name === 'websocket' || !transports.includes('websocket');
  return async () => isFinal() || ended;
}

async function disconnect({ socket }) {
  const gone = new Promise((resolve) => socket.once('disconnect', resolve));
  socket.disconnect();
  await gone;
}

async function reopen(connection) {
  await disconnect(connection);
  connection.socket.connect();
  await settle(connection.index, connection.socket);
}

/** A v2 client POSTs binary data as `application/octet-stream`, which the browser asks leave for; refused, it ends the connection. */
async function sendBinary({ socket }) {
  const gone = new Promise((resolve) => socket.once('disconnect', resolve));
  socket.emit('picture', new Uint8Array([1, 2, 3]).buffer);
  await gone;
}

/** Waits until the connection is lost, for the reason that `cause` brings about or by itself, and made again. */
async function loseAndReturn({ index, socket }, cause) {
  const gone = new Promise((resolve) => socket.once('disconnect', resolve));
  cause?.(index, socket);
  await gone;
  await new Promise((resolve) => socket.once('connect', resolve));
  note(index, 'transport', socket.io.engine.transport.name);
}

/** Blocks the page inside the client's own code, so that it cannot ask again meanwhile, as a laptop's sleep does. */
function freeze(_, socket) {
  socket.io.engine.once('packet', () => {
    const end = Date.now() + 2000;
    while (Date.now() < end);
  });
}

/** Asks what the client is asking, as a wrapper that repeats slow requests does. */
function askTwice(index, socket) {
  const { origin } = new URL(plan.connections[index].url);
  fetch(`${origin}/socket.io/?EIO=4&transport=polling&t=again&sid=${socket.io.engine.id}`).catch(() => {});
}

const LOSSES = { 'await-loss': undefined, freeze, 'ask-twice': askTwice };

async function main() {
  await Promise.allSettled((plan.fetches ?? []).map((url) => fetch(url)));
  const connections = plan.connections.map((_, index) => open(index));
  await Promise.all(connections.map(({ settled }) => settled));
  if (plan.afterwards === 'disconnect') await Promise.all(connections.map(disconnect));
  if (plan.afterwards === 'reopen') await Promise.all(connections.map(reopen));
  if (plan.afterwards === 'send-binary') await Promise.all(connections.map(sendBinary));
  if (plan.afterwards in LOSSES)
    await Promise.all(connections.map((connection) => loseAndReturn(connection, LOSSES[plan.afterwards])));
  document.body.dataset.state = 'settled';
}

main();
