// Builds the renderer: static files that need no inline script, no inline style and no network.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'src-renderer',
  base: '/',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome130',
    // Inlined assets become data: URLs and the polyfill an inline script; the content security policy refuses both.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4096,
    rolldownOptions: {
      input: {
        index: 'src-renderer/index.html',
        'browser-bridge': 'src-renderer/browser-bridge.ts',
      },
      output: {
        // The entry configures the schema library before anything else runs; shared chunks must not overtake it.
        strictExecutionOrder: true,
        // The loopback server names this file in the page it serves, so it keeps one name.
        entryFileNames: (chunk) =>
          chunk.name === 'browser-bridge' ? 'assets/browser-bridge.js' : 'assets/[name]-[hash].js',
      },
    },
  },
});
