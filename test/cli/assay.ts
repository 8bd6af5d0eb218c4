// Runs the command line: as a process of its own, as people do, or in this process where only the answer matters.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { run } from '../../src-main/cli/run.ts';

const ROOT = resolve(import.meta.dirname, '../..');

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** A real `assay` process. Without a terminal, as in a pipe or a job. */
export function spawnAssay(argv: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [join(ROOT, 'src-main/cli/cli.ts'), ...argv], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((done) => child.on('close', (code) => done({ code, out, err })));
}

/** The same command line in this process. */
export async function assay(...argv: string[]): Promise<Ended> {
  let out = '';
  let err = '';
  const code = await run(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    terminal: false,
    env: {},
  });
  return { code, out, err };
}

/** The same on one workspace. */
export const assayOn =
  (workspacePath: string) =>
  (...argv: string[]): Promise<Ended> =>
    assay(...argv, '--workspace', workspacePath);

/** The JSON that a command printed, checked against the schema published for it. */
export function published(name: string, { out }: Ended): unknown {
  const file = join(ROOT, 'docs/schema', `${name}.schema.json`);
  const answer: unknown = JSON.parse(out);
  z.fromJSONSchema(JSON.parse(readFileSync(file, 'utf8'))).parse(answer);
  return answer;
}
