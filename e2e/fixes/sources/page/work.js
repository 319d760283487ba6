// What took so long, in a worker of the page.
self.onmessage = ({ data }) => {
  const end = Date.now() + data;
  while (Date.now() < end);
  self.postMessage('done');
};
