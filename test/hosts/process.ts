// A real engine in a real child process, as the tests of the hosts need it.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { EngineEvent } from '../../shared/contract/events.ts';
import { type EnginePort, OPEN, type Purpose } from '../../src-main/hosts/engine-port.ts';
import { startNodeProcess } from '../../src-main/hosts/node-process.ts';
import type { EngineState, Supervisor } from '../../src-main/hosts/supervisor.ts';

export const ENGINE_ENTRY = resolve(import.meta.dirname, '../../src-main/hosts/engine-process.ts');

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'assay-test-'));
}

export function startEngine(
  workspacePath: string,
  purpose: Purpose = OPEN,
  log: (line: string) => void = () => undefined,
): EnginePort {
  return startNodeProcess({ node: process.execPath, entry: ENGINE_ENTRY, workspacePath, purpose, log });
}

/** Resolves with the first state event that `wanted` accepts, looking at the present state too. */
export function stateOf(supervisor: Supervisor, wanted: EngineState['state']): Promise<EngineState> {
  return new Promise((done) => {
    const look = (event: EngineEvent): void => {
      if (event.type === 'engine.state' && event.state === wanted) {
        stop();
        done(event);
      }
    };
    const stop = supervisor.onEvent(look);
    look(supervisor.state());
  });
}
