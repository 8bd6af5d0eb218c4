// Builds everything that runs on Node: the Electron main process, the engine process, the CLI. One flat folder, so
// that an entry finds another beside itself.
import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  ssr: {
    target: 'node',
    noExternal: true,
    // Electron is the runtime; better-sqlite3 finds its binary beside its own files.
    external: ['electron', 'better-sqlite3'],
  },
  build: {
    ssr: true,
    outDir: 'dist/main',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    sourcemap: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        main: 'src-main/main.ts',
        cli: 'src-main/cli/cli.ts',
        'engine-process': 'src-main/hosts/engine-process.ts',
        'page-thread': 'src-main/engine/import/page-thread.ts',
        'unpack-thread': 'src-main/engine/import/unpack-thread.ts',
      },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
    },
  },
});
