/**
 * The extension's build. One manifest for both browsers; `manifestFor` adapts it. The mode names the browser:
 * `vite build --mode firefox`. `scripts/build.mjs` builds both, and the command line.
 */
import { existsSync } from 'node:fs';
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import manifest from './manifest.json' with { type: 'json' };
import packageJson from './package.json' with { type: 'json' };

type Browser = 'chromium' | 'firefox';
type Manifest = Extract<ManifestV3Export, { manifest_version: number }>;

const WORKER = 'src/background/main.ts';
const PANEL = 'src/panel/panel.html';

/**
 * What each browser wants besides the common manifest. No host and no permission but `storage`: `webRequest` or `declarativeNetRequest`
 * in the manifest, even unused, blanks the error texts of every WebSocket of every page.
 */
const OWN_MANIFEST: Record<Browser, Partial<Manifest>> = {
  chromium: {
    minimum_chrome_version: '120',
    background: { service_worker: WORKER, type: 'module' },
  },
  firefox: {
    background: { scripts: [WORKER] },
    browser_specific_settings: {
      gecko: {
        id: 'doctor@socketio-doctor',
        strict_min_version: '142.0',
        data_collection_permissions: { required: ['none'] },
      },
    },
  },
};

export default defineConfig(({ mode }) => {
  const browser: Browser = mode === 'firefox' ? 'firefox' : 'chromium';
  return {
    plugins: [react(), crx({ manifest: manifestFor(browser), browser: browser === 'firefox' ? 'firefox' : 'chrome' })],
    // In a page of the extension `process` does not exist, whatever the mode is called.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: `dist/${browser}`,
      emptyOutDir: true,
      target: browser === 'firefox' ? 'firefox142' : 'chrome120',
      sourcemap: false,
      modulePreload: { polyfill: false },
      // Reviewers of the stores read the code: short, but with its names and lines.
      minify: false,
      rolldownOptions: {
        // The manifest does not name the panel's page: the devtools page opens it.
        input: existsSync(PANEL) ? [PANEL] : [],
        output: { minify: { compress: true, mangle: false, codegen: { removeWhitespace: false } } },
      },
    },
  };
});

function manifestFor(browser: Browser): Manifest {
  const icons = Object.fromEntries(Object.entries(manifest.icons).filter(([, path]) => existsSync(`public/${path}`)));
  return { ...manifest, ...OWN_MANIFEST[browser], version: packageJson.version, icons };
}
