/** Whoever answers in place of Socket.IO passes its path on, unchanged and with upgrades. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, isNginxSafe, js, NGINX } from './context.ts';
import { UPGRADE_LINES, UPGRADE_MAP } from './upgrade.ts';

/** Where the snippets suppose the server, since the page does not show it. */
const BACKEND = 'http://127.0.0.1:3001';

/** nginx, in a location of its own, which wins over the one that answers with the application's page. Empty for an odd path. */
export function passOnInNginx({ path }: FixContext): Fix[] {
  if (!isNginxSafe(path)) return [];
  const lines = ['# where Socket.IO really listens', `proxy_pass ${BACKEND};`, ...UPGRADE_LINES];
  return [
    {
      id: 'nginx',
      stack: NGINX,
      title: `Pass \`${path}\` on to Socket.IO`,
      language: 'nginx',
      file: 'nginx.conf',
      code: [
        '# in the http block',
        ...UPGRADE_MAP,
        '',
        '# in the server block',
        ...block(`location ${path} {`, lines, '}'),
      ].join('\n'),
    },
  ];
}

/** The development server of Vite. */
export function passOnInVite({ path }: FixContext): Fix {
  return {
    id: 'vite',
    stack: 'Vite',
    title: `Pass \`${path}\` on to Socket.IO`,
    language: 'ts',
    file: 'vite.config.ts',
    code: [
      'import { defineConfig } from "vite";',
      '',
      'export default defineConfig({',
      '  server: {',
      '    proxy: {',
      '      // target: where Socket.IO really listens',
      `      ${js(path)}: { target: ${js(BACKEND)}, ws: true },`,
      '    },',
      '  },',
      '});',
    ].join('\n'),
  };
}
