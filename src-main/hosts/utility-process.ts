// Runs the engine as Electron's utility process. Electron itself is handed in, so that this file needs none.
import { createInterface } from 'node:readline';
import {
  ENGINE_HEAP,
  type EnginePort,
  engineArguments,
  engineEnvironment,
  type Log,
  type Purpose,
} from './engine-port.ts';

/** The part of Electron's `UtilityProcess` that is used. */
export type UtilityProcess = {
  readonly pid: number | undefined;
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
};

export type ForkUtilityProcess = (
  entry: string,
  argv: string[],
  options: {
    env: Record<string, string>;
    serviceName: string;
    stdio: 'pipe';
    allowLoadingUnsignedLibraries: false;
    execArgv: string[];
  },
) => UtilityProcess;

export type UtilityProcessOptions = {
  readonly fork: ForkUtilityProcess;
  readonly entry: string;
  readonly workspacePath: string;
  readonly purpose: Purpose;
  readonly log: Log;
};

export function startUtilityProcess(options: UtilityProcessOptions): EnginePort {
  const child = options.fork(options.entry, engineArguments(options.workspacePath, options.purpose), {
    env: engineEnvironment(process.env),
    serviceName: 'Assay engine',
    stdio: 'pipe',
    allowLoadingUnsignedLibraries: false,
    execArgv: [`--js-flags=${ENGINE_HEAP.join(' ')}`],
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface(stream).on('line', options.log);
  }
  return {
    pid: child.pid,
    post(message) {
      child.postMessage(message);
    },
    onMessage(listener) {
      child.on('message', listener);
    },
    onExit(listener) {
      child.on('exit', (code) => listener(`exit code ${code}`));
    },
    kill() {
      child.kill();
    },
  };
}
