// `vite dev` with the configuration beside it, on loopback; the lab's page comes through it, as an application's own would.
import { join } from 'node:path';
import { createServer } from 'vite';

const { FOLDER, PORT, PAGE } = process.env;
const server = await createServer({
  root: FOLDER,
  configFile: join(FOLDER, 'vite.config.js'),
  cacheDir: join(FOLDER, '.vite'),
  logLevel: 'error',
  server: { host: '127.0.0.1', port: Number(PORT), strictPort: true, proxy: { '/proof/': PAGE } },
  optimizeDeps: { noDiscovery: true },
});
await server.listen();
