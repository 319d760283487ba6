/** The background worker. The browser ends it when it likes; the recorders tell the next one everything again. */
import { createEngine } from '../engine/engine.ts';
import { extensionVersion, onConnect } from '../platform/runtime.ts';
import { openTab } from '../platform/tabs.ts';
import { createWorker } from './worker.ts';

const worker = createWorker({ createEngine, workerId: crypto.randomUUID(), version: extensionVersion(), openTab });

onConnect((port) => worker.connect(port.name, port));
