// Builds the renderer: static files that need no inline script, no inline style and no network.
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * The component library gives each field another id once it is drawn, and draws it again at once: half of what a screen with
 * fields costs. React's own id, which it starts with, is good enough.
 */
const ownFieldIds: Plugin = {
  name: 'own-field-ids',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source.endsWith('/use-id.mjs') && importer?.includes('/@mantine/hooks/')
      ? resolve(import.meta.dirname, 'src-renderer/ui/field-id.ts')
      : null,
};

export default defineConfig({
  root: 'src-renderer',
  base: '/',
  plugins: [react(), ownFieldIds],
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
