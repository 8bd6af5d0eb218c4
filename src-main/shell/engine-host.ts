// Which process runs the engine: Electron's utility process, or a Node beside it where this Electron cannot load the engine.
import { sep } from 'node:path';
import { utilityProcess } from 'electron';
import { AssayError } from '../../shared/contract/errors.ts';
import type { EnginePort, Log, Purpose } from '../hosts/engine-port.ts';
import { startNodeProcess } from '../hosts/node-process.ts';
import { canLoadEngine, entryBeside, pinnedNode } from '../hosts/runtime.ts';
import { startUtilityProcess } from '../hosts/utility-process.ts';

export function startEngine(workspacePath: string, purpose: Purpose, log: Log): EnginePort {
  const entry = entryBeside(import.meta, 'engine-process');
  if (canLoadEngine())
    return startUtilityProcess({ fork: utilityProcess.fork, entry, workspacePath, purpose, log });
  // Only such a runtime, which never ships, may be told which program to run.
  const node = process.env.ASSAY_ENGINE_NODE ?? pinnedNode(import.meta.filename);
  if (node === null) {
    throw new AssayError(
      'engine_unavailable',
      `This Electron (${process.versions.electron}) cannot load the engine, and no Node is installed beside it. Run \`npm ci\`, or set ASSAY_ENGINE_NODE to a Node 22.14 or newer.`,
      {},
    );
  }
  // Plain Node cannot read inside an asar archive.
  const readable = entry.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`);
  return startNodeProcess({ node, entry: readable, workspacePath, purpose, log });
}
