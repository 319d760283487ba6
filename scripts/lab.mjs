// One scenario of the lab for a look by hand, in any browser: `npm run lab -- SCENARIO`; without a name, which there are.
import { handOver } from './program.mjs';
import { setUp } from './setup.mjs';

await setUp([]);
handOver('e2e/show.ts');
