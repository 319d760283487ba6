import { createRoot } from 'react-dom/client';
import { createClient } from './client.ts';
import { App } from './components/App.tsx';
import type { PanelHost } from './host.ts';
import { createImports } from './imports.ts';
import { createStore, EMPTY_MODEL, nextFrame } from './store.ts';
import { watchVisibility } from './visibility.ts';
import './styles/index.css';

/** Starts the panel in `root`, fed by `host`. */
export function mountPanel(root: HTMLElement, host: PanelHost): void {
  const page = document.documentElement;
  page.dataset.theme = host.theme();
  host.onThemeChange((theme) => {
    page.dataset.theme = theme;
  });
  const store = createStore(EMPTY_MODEL, nextFrame);
  const client = createClient({ tabId: host.tabId, connect: host.connect, store });
  const imports = createImports({ startImporter: host.startImporter, schedule: nextFrame });
  watchVisibility(page, client.setVisible);
  createRoot(root).render(<App host={host} client={client} imports={imports} store={store} />);
}
