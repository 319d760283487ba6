// Writes what the documentation takes from the code: docs/rules.md, the list of rules.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'vite';
import { root } from './run.mjs';

const vite = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});
try {
  const { rules } = await vite.ssrLoadModule('/src/rules/index.ts');
  const { rulesList } = await vite.ssrLoadModule('/src/testing/rules-list.ts');
  writeFileSync(join(root, 'docs', 'rules.md'), rulesList(rules));
  console.log(`docs/rules.md: ${rules.length} rules`);
} finally {
  await vite.close();
}
