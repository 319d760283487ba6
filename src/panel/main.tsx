import { PANEL_PORT } from '../messaging/contract.ts';
import {
  evaluateInPage,
  inspectedTabId,
  onThemeChanged,
  openResource,
  reloadPage,
  themeName,
} from '../platform/devtools.ts';
import { connectPort } from '../platform/runtime.ts';
import { readSetting, writeSetting } from '../platform/storage.ts';
import { portOfWorker } from './importer-port.ts';
import { mountPanel } from './mount.tsx';
import { readTracker, writeTracker } from './stored-tracker.ts';

const root = document.getElementById('root');
if (!root) throw new Error('panel.html has no #root');

mountPanel(root, {
  tabId: inspectedTabId(),
  connect: () => connectPort(PANEL_PORT),
  startImporter: () => portOfWorker(new Worker(new URL('../importer/main.ts', import.meta.url), { type: 'module' })),
  theme: themeName,
  onThemeChange: onThemeChanged,
  openResource,
  reloadPage,
  evaluateInPage,
  readChoice: readSetting,
  writeChoice: writeSetting,
  readTracker,
  writeTracker,
});
