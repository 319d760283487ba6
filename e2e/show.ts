/** One scenario of the lab for a look by hand, behind `npm run lab -- SCENARIO`: it opens nothing, and stays until Ctrl-C. */
import { whatIsMissing } from '../scripts/find.mjs';
import { openLab } from './lab/lab.ts';
import type { ClientPlan } from './lab/scenario.ts';
import { scenarios } from './lab/scenarios/index.ts';

const [id, ...rest] = process.argv.slice(2);
if (id === undefined) list();
else if (rest.length > 0) fail('Usage: npm run lab -- SCENARIO');
else await show(id);

function list(): void {
  console.log('Usage: npm run lab -- SCENARIO, one of');
  for (const scenario of scenarios) console.log(`  ${scenario.id.padEnd(38)}${scenario.title.replaceAll('`', '')}`);
}

async function show(wanted: string): Promise<void> {
  const scenario = scenarios.find((candidate) => candidate.id === wanted);
  if (!scenario) return fail(`The lab has no scenario "${wanted}". Without a name, npm run lab lists them.`);
  const missing = whatIsMissing(scenario.needs);
  if (missing) return fail(missing);
  const lab = await openLab({ firstPort: 3000, scenarios: [scenario] });
  const { client } = await lab.start(wanted);
  console.log(`${lab.url(wanted)}\n${connectionsOf(client)}\nPress Ctrl-C to end.`);
  await interrupted();
  await lab.close();
}

function connectionsOf({ version, connections }: ClientPlan): string {
  return connections
    .map(({ url, options }) => `  socket.io-client ${version} connects to ${url} ${JSON.stringify(options)}`)
    .join('\n');
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

function fail(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}
