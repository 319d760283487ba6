// Runs in the page: sends the cases, a few at a time, and says which of them the page could read.
async function byFetch({ url, request }) {
  const { method, headers, body, credentials, mode, redirect } = request;
  try {
    const response = await fetch(url, { method, headers, body, credentials, mode, redirect });
    await response.text();
    return true;
  } catch {
    return false;
  }
}

function byXhr({ url, request }) {
  return new Promise((resolve) => {
    const xhr = new XMLHttpRequest();
    xhr.open(request.method, url);
    xhr.withCredentials = request.credentials === 'include';
    for (const [name, value] of request.headers) xhr.setRequestHeader(name, value);
    xhr.onload = () => resolve(true);
    xhr.onerror = () => resolve(false);
    xhr.send(request.body);
  });
}

globalThis.sendAll = async (cases) => {
  const results = [];
  const queue = [...cases];
  const worker = async () => {
    for (let one = queue.shift(); one; one = queue.shift()) {
      const readable = await (one.request.initiator === 'xhr' ? byXhr(one) : byFetch(one));
      results.push({ id: one.id, readable });
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return results;
};
