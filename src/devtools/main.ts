/** The devtools page: starts the recorder as soon as DevTools opens, and adds the panel. */
import { environmentOf } from '../capture/environment.ts';
import { RECORDER_PORT } from '../messaging/contract.ts';
import { createPanel, evaluateInPage, inspectedTabId } from '../platform/devtools.ts';
import { onNavigated, onRequestFinished, readHar } from '../platform/network.ts';
import { connectPort } from '../platform/runtime.ts';
import { type Command, createLink, type Link } from './link.ts';
import { startRecorder } from './recorder.ts';

const recorderId = crypto.randomUUID();
const environment = environmentOf(navigator.userAgent, 'devtools');

const recorder = startRecorder(
  { onRequestFinished, onNavigated, readHar, evaluateInPage },
  {
    onGrown: () => link.wake(),
    onForgotten: (seqs) => link.forgot(seqs),
    onPage: (page) => link.say({ type: 'page', page }),
    onSettings: (settings) => link.say({ type: 'settings', settings }),
  },
);

const link: Link = createLink({
  connect: () => connectPort(RECORDER_PORT),
  log: recorder.log,
  hello: () => ({
    type: 'hello',
    tabId: inspectedTabId(),
    recorderId,
    settings: recorder.settings(),
    environment,
    page: recorder.page(),
  }),
  onCommand: obey,
});

function obey(command: Command): void {
  switch (command.type) {
    case 'wake':
      return recorder.wakeAt(command.atMs);
    case 'clear':
      return recorder.clear();
    case 'configure':
      return recorder.configure(command.settings);
    case 'watched':
      return recorder.setWatched(command.watched);
    case 'look':
      return void recorder.lookNow().then(() => link.looked(command.requestId));
  }
}

const panel = await createPanel('Socket.IO', '/icons/icon-16.png', '/src/panel/panel.html');
// The panel says so too, but by way of the worker, and not when DevTools is closed over it.
panel.onShown(() => recorder.setWatched(true));
panel.onHidden(() => recorder.setWatched(false));
