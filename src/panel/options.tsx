/** The settings page, which browsers open from their list of extensions. */
import { createRoot } from 'react-dom/client';
import { Options } from './components/Options.tsx';
import { readTracker, writeTracker } from './stored-tracker.ts';
import './styles/index.css';

const root = document.getElementById('root');
if (!root) throw new Error('options.html has no #root');

const dark = matchMedia('(prefers-color-scheme: dark)');
const paint = () => {
  document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light';
};
dark.addEventListener('change', paint);
paint();

createRoot(root).render(<Options read={readTracker} write={writeTracker} />);
