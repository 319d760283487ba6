import type { RawPort } from '../messaging/port.ts';

/** A Web Worker as one end of a port. Whatever breaks it counts as its end. */
export function portOfWorker(worker: Worker): RawPort {
  return {
    post: (message) => worker.postMessage(message),
    onMessage(listener) {
      const hear = ({ data }: MessageEvent<unknown>) => listener(data);
      worker.addEventListener('message', hear);
      return () => worker.removeEventListener('message', hear);
    },
    onDisconnect(listener) {
      const hear = () => listener();
      worker.addEventListener('error', hear);
      worker.addEventListener('messageerror', hear);
      return () => {
        worker.removeEventListener('error', hear);
        worker.removeEventListener('messageerror', hear);
      };
    },
    disconnect: () => worker.terminate(),
  };
}
