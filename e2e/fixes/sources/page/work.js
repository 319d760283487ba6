// Work that takes long, in a worker.
self.onmessage = () => {
  const end = Date.now() + 5_000;
  while (Date.now() < end);
  self.postMessage('result');
};
