// Times the real window while it imports: `node test/bench/window.ts --rows 5000000`, as a user with a display (not as root).
// A bill is held already. A large one is begun, cancelled, begun again and read to the end, while all screens of the rail are
// gone through and their questions asked. Prints the longest tasks of the window, for the page by screen, how late answers
// came, and the memory. `--trace file` keeps Chromium's record, for ui.perfetto.dev or chrome://tracing; `--sample folder`
// keeps the bills there, and reads them again where they are.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import type { Input } from '../../shared/contract/methods.ts';
import { writeSample } from '../../src-main/engine/sample/write.ts';
import { missingForDesktop } from '../../src-main/hosts/electron-runtime.ts';
import { call, importedBatches, type PageGlobals } from '../e2e/calls.ts';
import { answerOpenDialog, type Desktop, enginePid, launchDesktop, newDataFolder } from '../e2e/desktop.ts';
import { recordTasks, type Tasks } from '../e2e/tasks.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    trace: { type: 'string' },
    sample: { type: 'string' },
  },
});

/** Long enough for a screen's questions to be answered and drawn. */
const SECONDS_ON_A_SCREEN = 1;
const QUESTIONS_A_SECOND = 5;
const QUESTION = {
  measures: ['unblended'],
  groupBy: ['day', 'model', 'account'],
} as const satisfies Partial<Input<'spend.query'>>;
/** Read so long before it is cancelled. */
const SECONDS_BEFORE_CANCEL = 1.5;

type Measured = {
  readonly cancelled: number;
  readonly seconds: number;
  readonly answers: readonly number[];
  readonly main: Tasks;
  readonly renderer: Tasks;
};

/** The folder of a bill, which is written where it is not there as a whole. */
async function sample(folder: string, rows: number, lastMonth: string, seed: number): Promise<string> {
  if (!existsSync(join(folder, 'truth.json'))) {
    rmSync(folder, { recursive: true, force: true });
    await writeSample({
      folder,
      rows,
      months: 3,
      seed,
      format: 'cur-2.0',
      compression: 'gzip',
      lastMonth,
    });
  }
  return folder;
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((name) => name.endsWith('.csv.gz'))
    .toSorted();

/** Tasks that follow are this screen's. */
const goTo = (page: Page, hash: string): Promise<void> =>
  page.evaluate((to) => {
    performance.mark(to);
    window.location.assign(to);
  }, hash);

/** Addresses of the screens as the rail has them. Gone through in turn, so that each is drawn while lines are read. */
const screensOf = (page: Page): Promise<string[]> =>
  page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));

async function begin({ app, page }: Desktop, files: readonly string[]): Promise<void> {
  await goTo(page, '#/import');
  await answerOpenDialog(app, files);
  await page
    .getByRole('button', { name: /^(?:Import|Choose) files$/u })
    .first()
    .click();
  await page.getByRole('progressbar', { name: /^Importing/u }).waitFor();
}

/** Milliseconds from the click until the screen says that it is over. */
async function cancelled(page: Page): Promise<number> {
  await page.waitForTimeout(1000 * SECONDS_BEFORE_CANCEL);
  const clicked = performance.now();
  await page.getByRole('button', { name: 'Cancel the import' }).click();
  await page.getByText(/^Cancelled, the workspace is as it was/u).waitFor();
  return performance.now() - clicked;
}

/**
 * The questions of a screen that somebody opens: an answer's time is by the clock, through the page's own bridge. It is taken
 * in the page: handing the answer to this process would be a task of the page's as well.
 */
const timedAnswer = (page: Page): Promise<number> =>
  page.evaluate(async (question) => {
    const asked = performance.now();
    const answer = await (globalThis as unknown as PageGlobals).assay.call('spend.query', question);
    if ('failure' in JSON.parse(answer)) throw new Error(answer);
    return performance.now() - asked;
  }, QUESTION);

async function measure(desktop: Desktop, files: readonly string[]): Promise<Measured> {
  const { page } = desktop;
  await begin(desktop, files);
  const stopped = await cancelled(page);
  const held = await importedBatches(page);
  const screens = await screensOf(page);
  const record = await recordTasks(desktop, values.trace !== undefined);
  const begun = performance.now();
  await begin(desktop, files);
  const answers: number[] = [];
  let ended: number | null = null;
  // Screens that the import was too short for are opened after it.
  for (let turn = 0; ended === null || turn < screens.length; turn++) {
    await goTo(page, screens[turn % screens.length] ?? '');
    const until = performance.now() + 1000 * SECONDS_ON_A_SCREEN;
    while (performance.now() < until) {
      answers.push(await timedAnswer(page));
      await page.waitForTimeout(1000 / QUESTIONS_A_SECOND);
    }
    if ((await importedBatches(page)) > held) ended ??= performance.now();
  }
  const seconds = (ended - begun) / 1000;
  await goTo(page, '#/overview');
  await page.locator('main canvas').first().waitFor();
  await page.waitForTimeout(2000);
  return { cancelled: stopped, seconds, answers, ...(await record(values.trace)) };
}

const megabytes = (kilobytes: number): string => `${Math.round(kilobytes / 1024)} MB`;

/** Most memory each process of the app ever had. */
async function peaks({ app }: Desktop): Promise<string> {
  const metrics = await app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().map(({ type, memory }) => ({ type, peak: memory.peakWorkingSetSize })),
  );
  const of = (type: string): number =>
    Math.max(0, ...metrics.filter((one) => one.type === type).map(({ peak }) => peak));
  const status = readFileSync(`/proc/${enginePid(app.process().pid)}/status`, 'utf8');
  const engine = Number(/VmHWM:\s+(?<peak>\d+) kB/u.exec(status)?.groups?.peak);
  return `engine ${megabytes(engine)}, main ${megabytes(of('Browser'))}, page ${megabytes(of('Tab'))}`;
}

const tasksText = ({ count, longest, longestByClock }: Tasks): string =>
  `${Math.round(longest)} ms of processor time, ${Math.round(longestByClock)} ms by the clock, of ${count}`;

function print(
  rows: number,
  { cancelled: stopped, seconds, answers, main, renderer }: Measured,
  memory: string,
) {
  const sorted = answers.toSorted((left, right) => left - right);
  const at = (share: number): string =>
    `${Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0)} ms`;
  const cells = [
    ['rows read', String(rows)],
    ['from the click until it is held', `${Math.round(seconds * 10) / 10} s`],
    ['longest task, main process', tasksText(main)],
    ['longest task, page', tasksText(renderer)],
    ['a question meanwhile', `median ${at(0.5)}, slowest ${at(1)}, of ${answers.length}`],
    ['cancel, until the screen says so', `${Math.round(stopped)} ms`],
    ['peak memory', memory],
  ];
  console.log(
    `${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, load average ${loadavg().map(Math.round).join(' ')}\n`,
  );
  console.log('| what | measured |\n|---|---|');
  for (const row of cells) console.log(`| ${row.join(' | ')} |`);
  console.log('\n| screen | longest task of the page |\n|---|---|');
  for (const [mark, longest] of renderer.longestAfter) console.log(`| ${mark} | ${Math.round(longest)} ms |`);
}

const missing = missingForDesktop();
if (missing !== null) throw new Error(`The window cannot be opened: ${missing}.`);
const folder = mkdtempSync(join(tmpdir(), 'assay-window-'));
const data = newDataFolder();
try {
  const kept = values.sample ?? folder;
  const before = filesOf(await sample(join(kept, 'before'), 24_000, '2026-04', 2));
  const large = filesOf(await sample(join(kept, `large-${values.rows}`), Number(values.rows), '2026-10', 3));
  const desktop = await launchDesktop({ data });
  await begin(desktop, before);
  await desktop.page.getByText(/^Imported: /u).waitFor();
  const measured = await measure(desktop, large);
  const { batches } = await call(desktop.page, 'import.history', {});
  print(Math.max(...batches.map(({ rows }) => rows.read)), measured, await peaks(desktop));
  await desktop.close();
} finally {
  for (const made of [folder, data]) rmSync(made, { recursive: true, force: true });
}
