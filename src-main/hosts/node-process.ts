// Runs the engine as a child process on a Node of its own, for runtimes that cannot load its native module.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import {
  ENGINE_HEAP,
  ENGINE_MEMORY,
  ENGINE_THREADS,
  type EnginePort,
  engineArguments,
  engineEnvironment,
  type Log,
  type Purpose,
} from './engine-port.ts';

export type NodeProcessOptions = {
  /** The Node binary: 22.14 or newer. */
  readonly node: string;
  /** The engine's entry file, readable by plain Node (never inside an asar archive). */
  readonly entry: string;
  readonly workspacePath: string;
  readonly purpose: Purpose;
  readonly log: Log;
};

export function startNodeProcess(options: NodeProcessOptions): EnginePort {
  const child = spawn(
    options.node,
    [
      ...ENGINE_HEAP,
      ENGINE_THREADS,
      options.entry,
      ...engineArguments(options.workspacePath, options.purpose),
    ],
    {
      env: { ...engineEnvironment(process.env), ...ENGINE_MEMORY },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      windowsHide: true,
    },
  );
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface(stream).on('line', options.log);
  }
  return {
    pid: child.pid,
    post(message) {
      // A message to a process that has just ended is answered by its exit, so the error itself says nothing new.
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage(listener) {
      child.on('message', listener);
    },
    onExit(listener) {
      let told = false;
      const tell = (reason: string): void => {
        if (told) return;
        told = true;
        listener(reason);
      };
      child.on('error', (error) => tell(`could not start: ${error.message}`));
      child.on('exit', (code, signal) => tell(signal === null ? `exit code ${code}` : `signal ${signal}`));
    },
    kill() {
      child.kill('SIGKILL');
    },
  };
}
