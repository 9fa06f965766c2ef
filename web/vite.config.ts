import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The server to which `npx vite web` sends requests to the API. */
const SERVER = process.env['HOPBACK_URL'] ?? 'http://localhost:3000';

// Builds the dashboard into web/dist, which src/dashboard serves under /app.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/app/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: 'manifest.json', // scripts/first-load.mjs and src/dashboard read it
    target: 'es2022',
    assetsInlineLimit: 0, // the Content-Security-Policy allows no data: scripts and styles
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
  server: { proxy: { '/api': SERVER } },
});
