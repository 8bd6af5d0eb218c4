#!/usr/bin/env node
// The `assay` command: makes sure that this Node can load the engine, else runs itself again on the one that can.
import { spawn } from 'node:child_process';
import { setFlagsFromString } from 'node:v8';
import { canLoadEngine, pinnedNode, REQUIRED_NAPI } from '../hosts/runtime.ts';

function runOnPinnedNode(): void {
  const node = pinnedNode(import.meta.filename);
  if (node === null) {
    process.stderr.write(
      `assay needs Node 22.14 or newer (Node-API ${REQUIRED_NAPI}); this is Node ${process.versions.node} (Node-API ${process.versions.napi}).\n` +
        'Run `npm ci` in the project, which installs a fitting Node beside it, or start assay with a newer Node.\n',
    );
    process.exitCode = 1;
    return;
  }
  const child = spawn(node, [import.meta.filename, ...process.argv.slice(2)], { stdio: 'inherit' });
  // The child gets the terminal's interrupt too and decides; this process only passes on how it ended.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 128);
  });
}

// Whoever reads the answer may stop reading (`assay query … | head`): that is an end, not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

if (canLoadEngine()) {
  // As in the engine's own process; this one has begun, so that only further growth can be spared.
  setFlagsFromString('--semi-space-growth-factor=1');
  // Imported only now: the engine's native module crashes an older Node as soon as it is loaded.
  const { run } = await import('./run.ts');
  process.exitCode = await run(process.argv.slice(2));
} else {
  runOnPinnedNode();
}
