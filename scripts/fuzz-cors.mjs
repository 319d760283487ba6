// `npm run fuzz:cors -- --count N --seed S`: the extension's CORS verdicts against Chromium's own (see e2e/cors-fuzz/run.ts).
import { runProgram } from './program.mjs';

await runProgram('e2e/cors-fuzz/run.ts', { needs: ['browser'] });
