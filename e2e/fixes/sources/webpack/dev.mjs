// `webpack serve` with the configuration beside it, on loopback; the lab's page comes through it, as an application's own would.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import webpack from 'webpack';
import WebpackDevServer from 'webpack-dev-server';

const { FOLDER, PORT, PAGE } = process.env;
const { devServer = {}, ...config } = createRequire(import.meta.url)(join(FOLDER, 'webpack.config.js'));
const compiler = webpack({
  mode: 'development',
  context: FOLDER,
  entry: {},
  infrastructureLogging: { level: 'error' },
  ...config,
});
const proxy = [...(devServer.proxy ?? []), { context: ['/proof/'], target: PAGE }];
const options = { host: '127.0.0.1', port: Number(PORT), hot: false, client: false, webSocketServer: false };
await new WebpackDevServer({ ...devServer, ...options, proxy }, compiler).start();
