// An engine that is stopped in the middle of anything that writes much: the workspace is as before or as after, and says which.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Call } from '../../../shared/contract/methods.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import { connectEngine, type EngineClient } from '../../../src-main/hosts/engine-client.ts';
import { startEngine, temporaryFolder } from '../../hosts/process.ts';
import { ACTIONS, type Action, type Files, prepare, type Side } from './actions.ts';
import { type Found, reopen } from './state.ts';

/** Seconds of killing; for a longer search: `ASSAY_KILL_SECONDS=600 npx vitest run test/engine/faults/kill.test.ts`. */
const SECONDS = Number(process.env.ASSAY_KILL_SECONDS ?? 8);
/** Shifts every moment; printed with each failure. */
const SEED = Number(process.env.ASSAY_KILL_SEED ?? 1);
/** States of the files of an action that are looked at. */
const STATES = SECONDS > 60 ? 60 : 6;
const TIMEOUT = (SECONDS + 200) * 1000;

type Known = {
  readonly action: Action;
  readonly held: Readonly<Record<Side, string>>;
  readonly milliseconds: number;
};

const folder = temporaryFolder();
let files: Files;
let known: Known[];
beforeAll(async () => {
  files = await prepare(folder);
  known = [];
  for (const action of ACTIONS) known.push(await measure(action));
}, TIMEOUT);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let copies = 0;
/** A copy of a workspace as it lies on the disk, with its log, in a folder of its own. */
function copyOf(workspace: string): string {
  const path = join(folder, `copy-${copies++}`, 'w.assay');
  mkdirSync(dirname(path));
  for (const suffix of ['', '-wal'])
    if (existsSync(`${workspace}${suffix}`)) copyFileSync(`${workspace}${suffix}`, `${path}${suffix}`);
  return path;
}

/** Does the action undisturbed, in milliseconds. `atPause` is called whenever it lets others in. */
async function undisturbed(action: Action, path: string, atPause: () => void): Promise<number> {
  const engine = createEngine({ workspacePath: path });
  atPause();
  const started = performance.now();
  let running = true;
  const done = action.run(engine.call, files).finally(() => {
    running = false;
  });
  while (running) {
    atPause();
    await setImmediate();
  }
  await done;
  atPause();
  const milliseconds = performance.now() - started;
  engine.close();
  return milliseconds;
}

async function measure(action: Action): Promise<Known> {
  const before = await reopen(copyOf(files.prepared));
  const path = copyOf(files.prepared);
  const milliseconds = await undisturbed(action, path, () => {});
  const after = await reopen(path);
  expect([before.notes, after.notes]).toEqual([[], []]);
  expect(after.figures).not.toBe(before.figures);
  return { action, held: { before: before.figures, after: after.figures }, milliseconds };
}

/** Which side of the action the workspace is on; fails where it is on neither, or says the wrong thing of it. */
function expectEitherSide(
  { action, held }: Known,
  path: string,
  { figures, notes }: Found,
  told: string,
): Side {
  const side = held.before === figures ? 'before' : held.after === figures ? 'after' : null;
  expect(side, `${told}: neither as before nor as after`).not.toBeNull();
  for (const note of notes)
    expect(note, told).toMatch(action.says[side ?? 'before'] ?? /^nothing is to be said$/u);
  expect(notes.length, told).toBeLessThanOrEqual(1);
  const bytes = readFileSync(path);
  const words = side === 'after' ? action.erased.filter((word) => bytes.includes(word)) : [];
  expect(words, told).toEqual([]);
  rmSync(dirname(path), { recursive: true });
  return side ?? 'before';
}

type Trial = { readonly path: string; readonly client: EngineClient; kill(): void };

/** An engine in a process of its own. */
function begin(): Trial {
  const path = copyOf(files.prepared);
  const port = startEngine(path);
  return { path, client: connectEngine(port), kill: () => port.kill() };
}

async function kill({ client, kill: now }: Trial, action: Action, after: number): Promise<void> {
  await client.ready;
  const running = action.run(client.call as Call, files).then(
    () => null,
    (error: unknown) => error,
  );
  await setTimeout(after);
  now();
  expect(await client.ended).toBe('signal SIGKILL');
  const failed = await running;
  // Whoever waits for the answer is told, unless it was there already.
  if (failed !== null) expect(failed).toMatchObject({ code: 'engine_unavailable' });
}

test(
  'kill -9 at any moment',
  async () => {
    const until = performance.now() + SECONDS * 1000;
    let next = begin();
    for (let number = 0; number < known.length || performance.now() < until; number++) {
      const one = known[number % known.length] as Known;
      // The golden ratio spreads the moments evenly, however many there will be. A new process is the slower one.
      const moment = ((SEED * 0.755 + (number + 1) * 0.618034) % 1) * one.milliseconds * 1.6;
      const told = `${one.action.what}, killed after ${moment} ms (seed ${SEED}, kill ${number})`;
      const trial = next;
      await kill(trial, one.action, moment);
      // The next process starts while this one's workspace is looked at.
      next = begin();
      expectEitherSide(one, trial.path, await reopen(trial.path), told);
    }
    next.kill();
    await next.client.ended;
  },
  TIMEOUT,
);

/** What an import says of itself as it goes on, and what is told to everybody once it is held. */
const PHASES = ['reading', 'rolling-up', 'pricing', 'done', 'held'] as const;

test.each(PHASES)(
  'kill -9 as an import says: %s',
  async (phase) => {
    const [one] = known as [Known];
    const { path, client, kill: now } = begin();
    await client.ready;
    let reached = false;
    client.onEvent((event) => {
      const said = event.type === 'import.progress' ? event.progress.phase : null;
      if (said !== phase && !(phase === 'held' && event.type === 'data.changed')) return;
      reached = true;
      now();
    });
    await one.action.run(client.call as Call, files).catch(() => undefined);
    now();
    expect(await client.ended).toBe('signal SIGKILL');
    expect(reached).toBe(true);
    const side = expectEitherSide(one, path, await reopen(path), `an import, killed as it said ${phase}`);
    if (phase === 'held') expect(side).toBe('after');
  },
  TIMEOUT,
);

/** Copies of the files at pauses of the action, one for each state they were seen in, evenly thinned. */
async function seenStates(action: Action): Promise<string[]> {
  const path = copyOf(files.prepared);
  const seen: string[] = [];
  let last = '';
  await undisturbed(action, path, () => {
    const now = [path, `${path}-wal`]
      .map((file) => statSync(file, { throwIfNoEntry: false }))
      .map((found) => `${found?.size} ${found?.mtimeMs}`)
      .join();
    if (now !== last) seen.push(copyOf(path));
    last = now;
  });
  const step = Math.max(1, (seen.length - 1) / (STATES - 1));
  return seen.filter(
    (_, index) => index === seen.length - 1 || Math.floor(index / step) !== Math.floor((index - 1) / step),
  );
}

test(
  'stopped wherever it lets others in, as the files lie there',
  async () => {
    for (const one of known) {
      const sides: Side[] = [];
      for (const path of await seenStates(one.action)) {
        const told = `${one.action.what}, stopped after ${sides.join(', ')}`;
        sides.push(expectEitherSide(one, path, await reopen(path), told));
      }
      expect([sides[0], sides.at(-1)], one.action.what).toEqual(['before', 'after']);
    }
  },
  TIMEOUT,
);
