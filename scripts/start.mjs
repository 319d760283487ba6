// The main job: `npm start`. Sets up, builds, and opens the lab in a browser with the extension (see e2e/start.ts for the options).
import { NEEDS } from './find.mjs';
import { runProgram } from './program.mjs';

await runProgram('e2e/start.ts', { needs: ['browser', ...Object.keys(NEEDS)] });
