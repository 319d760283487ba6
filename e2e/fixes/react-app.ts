/** A React application, bundled as for development: only there does StrictMode mount everything twice. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { withRegion } from './region.ts';
import { readSource } from './site.ts';

/** Inside the project, whose packages the application imports. */
const CACHE = fileURLToPath(new URL('../../.cache', import.meta.url));

/** The application's script, with `hook` in its hook's region. @throws when it does not build */
export async function bundleApp(hook: string): Promise<string> {
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'react-'));
  try {
    await writeFile(join(folder, 'app.jsx'), await readSource('react/app.jsx'));
    await writeFile(join(folder, 'useSocket.js'), withRegion(await readSource('react/useSocket.js'), hook));
    await build({
      root: folder,
      configFile: false,
      mode: 'development',
      logLevel: 'error',
      define: { 'process.env.NODE_ENV': '"development"' },
      build: {
        minify: false,
        lib: { entry: join(folder, 'app.jsx'), formats: ['es'], fileName: () => 'app.js' },
      },
    });
    return await readFile(join(folder, 'dist', 'app.js'), 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
