/** The panel's Web Worker for one imported file: no message between it and the panel has a largest size, and closing it frees all. */
import packageJson from '../../package.json' with { type: 'json' };
import { serveImport } from './importer.ts';

serveImport(
  {
    post: (message) => self.postMessage(message),
    onMessage(listener) {
      const hear = ({ data }: MessageEvent<unknown>) => listener(data);
      self.addEventListener('message', hear);
      return () => self.removeEventListener('message', hear);
    },
    // The panel ends a worker without a word.
    onDisconnect: () => () => {},
    disconnect: () => self.close(),
  },
  packageJson.version,
);
