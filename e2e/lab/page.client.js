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
  // React's StrictMode mounts, unmounts and mounts again.
  if (plan.isStrict) window.io(url, options).disconnect();
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
  const { transports = ['polling', 'websocket'], upgrade: mayUpgrade = true } = plan.connections[index].options;
  const ended = new Promise((resolve) => {
    engine.once('upgrade', resolve);
    engine.once('upgradeError', resolve);
  });
  const willUpgrade = mayUpgrade && transports.includes('websocket');
  const isFinal = () => engine.transport.name === 'websocket' || !willUpgrade;
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

/** The server ends the connection underneath; the client comes back by itself, with an engine of its own to upgrade. */
async function reconnect({ index, socket }) {
  const isBack = new Promise((resolve) => socket.io.once('reconnect', resolve));
  socket.emit('drop');
  await isBack;
  await settle(index, socket);
}

async function echo({ index, socket }, data) {
  const answer = await new Promise((resolve) => socket.emit('echo', data, resolve));
  note(index, 'answer', `${answer.byteLength ?? answer.length} back`);
}

/** Leaves the page once, with the connection open; the page that comes then stays. */
function reload() {
  if (performance.getEntriesByType('navigation')[0].type === 'reload') return Promise.resolve();
  location.reload();
  return new Promise(() => {});
}

/** A v2 client POSTs binary data as `application/octet-stream`, which the browser asks leave for; refused, it ends the connection. */
async function sendBinary({ socket }) {
  const gone = new Promise((resolve) => socket.once('disconnect', resolve));
  socket.emit('picture', new Uint8Array([1, 2, 3]).buffer);
  await gone;
}

/** Registers the plan's service worker; resolves once it is in control. */
async function underServiceWorker() {
  const { serviceWorker } = navigator;
  const inControl = new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve));
  const scope = location.pathname;
  await serviceWorker.register(`/service-worker.js?of=${scope.replace('/s/', '')}`, { scope });
  if (!serviceWorker.controller) await inControl;
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
function sleep(_, socket) {
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

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A keep-alive of the page's own, which the heartbeat of Engine.IO 4 has no room for. */
async function ping({ socket }) {
  const gone = new Promise((resolve) => socket.once('disconnect', resolve));
  const { engine } = socket.io;
  (engine._sendPacket ?? engine.sendPacket).call(engine, 'ping');
  await gone;
}

/** A component that connects whenever it is shown, and never disconnects. */
async function leak({ index }) {
  const { url, options } = plan.connections[index];
  for (let shown = 0; shown < 3; shown += 1) {
    await wait(700);
    window.io(url, { ...options, forceNew: true });
  }
}

/** Longer than the server waits for an answer to its ping. */
function freezePage() {
  const end = Date.now() + 5_000;
  while (Date.now() < end);
  return wait(1_000);
}

async function freezeServer({ socket }) {
  const gone = new Promise((resolve) => socket.once('disconnect', resolve));
  socket.emit('freeze');
  await gone;
}

async function flood({ socket }) {
  const gone = new Promise((resolve) => socket.once('disconnect', resolve));
  socket.emit('flood', 'x'.repeat(200_000));
  await gone;
}

const AFTERWARDS = {
  disconnect,
  reopen,
  reconnect,
  reload,
  'send-binary': sendBinary,
  'echo-binary': (connection) => echo(connection, new Uint8Array(1_000).buffer),
  'echo-large': (connection) => echo(connection, 'x'.repeat(900_000)),
  'await-loss': (connection) => loseAndReturn(connection),
  sleep: (connection) => loseAndReturn(connection, sleep),
  'ask-twice': (connection) => loseAndReturn(connection, askTwice),
  ping,
  leak,
  'freeze-page': freezePage,
  'freeze-server': freezeServer,
  flood,
};

async function main() {
  if (plan.onFetch) await underServiceWorker();
  await Promise.allSettled((plan.fetches ?? []).map((url) => fetch(url)));
  const connections = plan.connections.map((_, index) => open(index));
  const all = Promise.all(connections.map(({ settled }) => settled));
  if (plan.settlesAfter === undefined) await all;
  else await Promise.race([all, wait(plan.settlesAfter)]);
  if (plan.afterwards) await Promise.all(connections.map(AFTERWARDS[plan.afterwards]));
  if (plan.staysFor) await wait(plan.staysFor);
  document.body.dataset.state = 'settled';
}

main();
