import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The panel in an ordinary page, on invented data: `npx vite --config src/panel/dev/vite.dev.config.ts`. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { host: '127.0.0.1', port: 5199, fs: { allow: ['../../..'] }, open: false },
});
