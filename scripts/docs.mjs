// Writes what the documentation takes from the code: docs/rules.md, the list of rules, and docs/fixes.md, that of proven fixes.
import { readFileSync, writeFileSync } from 'node:fs';
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
  const { fixesList } = await vite.ssrLoadModule('/src/testing/fixes-list.ts');
  const proofs = JSON.parse(readFileSync(join(root, 'src', 'fixes', 'proofs.json'), 'utf8'));
  writeFileSync(join(root, 'docs', 'fixes.md'), fixesList(rules, proofs));
  console.log(
    `docs/rules.md: ${rules.length} rules; docs/fixes.md: fixes of ${Object.keys(proofs).length} of them executed`,
  );
} finally {
  await vite.close();
}
