/** Whoever answers in place of Socket.IO passes its path on, unchanged and with upgrades. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, isNginxSafe, js } from './context.ts';
import { passOnLocation } from './same-origin.ts';
import { fixFor } from './stacks.ts';

/** nginx, in a location of its own, which wins over the one that answers with the application's page. Empty for an odd path. */
export function passOnInNginx({ path }: FixContext): Fix[] {
  if (!isNginxSafe(path)) return [];
  return [
    fixFor('nginx', `Pass \`${path}\` on to Socket.IO`, [
      '# inside the server block; socketio: your upstream, or the address of your server',
      ...passOnLocation(path, 'http://socketio'),
    ]),
  ];
}

/** The development server of Vite. The page does not show where Socket.IO listens: the environment may say it. */
export function passOnInVite({ path }: FixContext): Fix {
  const entry = `${js(path)}: { target, ws: true },`;
  return fixFor('vite', `Pass \`${path}\` on to Socket.IO`, [
    'import { defineConfig } from "vite";',
    '',
    '// where Socket.IO really listens',
    'const target = process.env.SOCKET_IO_URL ?? "http://127.0.0.1:3001";',
    '',
    ...block('export default defineConfig({', block('server: {', block('proxy: {', [entry], '},'), '},'), '});'),
  ]);
}
