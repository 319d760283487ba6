/** Development servers, which the page comes from, pass Socket.IO's path on. Where it listens, no page shows: the environment may say it. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, js } from './context.ts';
import { passOn } from './proxy.ts';

const TARGET = [
  '// where Socket.IO really listens',
  'const target = process.env.SOCKET_IO_URL ?? "http://127.0.0.1:3001";',
  '',
];

/** Vite's. Source: https://vite.dev/config/server-options#server-proxy */
export function passOnInVite(context: FixContext): Fix {
  const entry = `${js(context.path)}: { target, ws: true },`;
  return passOn('vite', context, [
    'import { defineConfig } from "vite";',
    '',
    ...TARGET,
    ...block('export default defineConfig({', block('server: {', block('proxy: {', [entry], '},'), '},'), '});'),
  ]);
}

/** webpack's. Source: https://webpack.js.org/configuration/dev-server/#devserverproxy */
export function passOnInWebpack(context: FixContext): Fix {
  const entry = `{ context: [${js(context.path)}], target, ws: true },`;
  return passOn('webpack', context, [
    '// beside historyApiFallback, which comes after it; a pathRewrite would change the path',
    ...TARGET,
    ...block('module.exports = {', block('devServer: {', block('proxy: [', [entry], '],'), '},'), '};'),
  ]);
}
