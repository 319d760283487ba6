// One scenario of the lab for a look by hand, in any browser: `npm run lab -- SCENARIO`; without a name, which there are.
import { becomeTypeScript } from './run.mjs';
import { setUp } from './setup.mjs';

await setUp([]);
becomeTypeScript('e2e/show.ts', process.argv.slice(2));
