/// <reference types="chrome" />
/**
 * Ports between the extension's contexts. Both browsers offer `chrome.*` with the same callbacks in Manifest V3, so this
 * room needs no wrapper around it.
 */

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
  return wrap(chrome.runtime.connect({ name }));
}

/** The listener hears of each port that another context opens to this one; the answer ends that. */
export function onConnect(listener: (port: Port) => void): () => void {
  const hear = (port: chrome.runtime.Port) => listener(wrap(port));
  chrome.runtime.onConnect.addListener(hear);
  return () => chrome.runtime.onConnect.removeListener(hear);
}

/** The extension's version, as in its manifest. Background worker only. */
export function extensionVersion(): string {
  return chrome.runtime.getManifest().version;
}

function wrap(port: chrome.runtime.Port): Port {
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
        void chrome.runtime.lastError;
        listener();
      };
      port.onDisconnect.addListener(hear);
      return () => port.onDisconnect.removeListener(hear);
    },
    disconnect: () => port.disconnect(),
  };
}
