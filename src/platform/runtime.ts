/** Ports between the extension's contexts. */
import browser, { type Runtime } from 'webextension-polyfill';

/** One end of a port between two contexts. `messaging/` puts types on it. */
export interface Port {
  name: string;
  /** Throws when the other end is gone. */
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): () => void;
  onDisconnect(listener: () => void): () => void;
  disconnect(): void;
}

/** Opens a port to the background worker, starting it when it sleeps. Throws when the extension was unloaded or updated. */
export function connectPort(name: string): Port {
  return wrap(browser.runtime.connect({ name }));
}

/** The listener hears of each port that another context opens to this one; the answer ends that. */
export function onConnect(listener: (port: Port) => void): () => void {
  const hear = (port: Runtime.Port) => listener(wrap(port));
  browser.runtime.onConnect.addListener(hear);
  return () => browser.runtime.onConnect.removeListener(hear);
}

/** The extension's version, as in its manifest. Background worker only. */
export function extensionVersion(): string {
  return browser.runtime.getManifest().version;
}

function wrap(port: Runtime.Port): Port {
  return {
    name: port.name,
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      const hear = (message: unknown) => listener(message);
      port.onMessage.addListener(hear);
      return () => port.onMessage.removeListener(hear);
    },
    onDisconnect(listener) {
      const hear = () => {
        // Reading it keeps Chromium from logging an error: a worker that stops is nothing special.
        void browser.runtime.lastError;
        listener();
      };
      port.onDisconnect.addListener(hear);
      return () => port.onDisconnect.removeListener(hear);
    },
    disconnect: () => port.disconnect(),
  };
}
