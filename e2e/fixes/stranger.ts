/** Another site than the page's, which opens a WebSocket as any page may: no browser applies CORS to that. */
import { get } from 'node:http';

const HEADERS = {
  Origin: 'https://stranger.example',
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'c3RyYW5nZXIgYXQgZG9vcg==',
};

/** Asks the Socket.IO server at the origin `server`. Resolves to the status of its answer: 101 when the stranger is in. */
export function askAsStranger(server: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = get(`${server}/socket.io/?EIO=4&transport=websocket`, { headers: HEADERS });
    request.once('error', reject);
    request.once('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('upgrade', ({ statusCode }, socket) => {
      socket.destroy();
      resolve(statusCode);
    });
  });
}
