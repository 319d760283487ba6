// What took so long, in a thread of its own.
const { parentPort, workerData } = require('node:worker_threads');

const end = Date.now() + workerData;
while (Date.now() < end);
parentPort.postMessage('done');
