// assay doctor: what this installation runs on, what is missing, and whether a workspace is sound.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DoctorReport } from '../../../shared/contract/cli.ts';
import { AssayError, asFailure } from '../../../shared/contract/errors.ts';
import { backupContents, problemOf } from '../../engine/db/backup-contents.ts';
import { restoreBackup } from '../../engine/db/backups.ts';
import { createEngine } from '../../engine/engine.ts';
import { ELECTRON_ADVICE, electronFolder, missingDisplay } from '../../hosts/electron-runtime.ts';
import { canLoadEngine, REQUIRED_NAPI } from '../../hosts/runtime.ts';
import { pageFolder } from '../../hosts/serve.ts';
import {
  anyWorkspace,
  type Command,
  EXIT,
  flag,
  type Io,
  JSON_OPTION,
  text,
  WORKSPACE_OPTION,
  workspaceOf,
} from '../command.ts';
import { withScratchEngine } from '../session.ts';
import { left, right, table } from '../table.ts';
import { formatBytes, formatCount } from '../text.ts';
import { version } from '../version.ts';

type Check = DoctorReport['checks'][number];
type Opened = NonNullable<DoctorReport['workspace']>;

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'Say what Assay runs on here, what is missing, and whether a workspace is sound.',
  operands: '',
  operandCount: [0, 0],
  options: {
    workspace: WORKSPACE_OPTION,
    restore: {
      type: 'string',
      value: '<backup>',
      help: 'put this backup in the place of the damaged workspace: a file name of the list, or `last`',
    },
    json: JSON_OPTION,
  },
  notes: [
    'Without --restore the workspace is only read; its backups are listed with what they hold. --restore keeps the',
    'damaged file beside the workspace and refuses where the workspace is sound. Exit codes: 0 everything needed works',
    '(a notice names what can be done without), 1 something is broken.',
  ],
  examples: [
    'assay doctor',
    'assay doctor --workspace bedrock.assay --json',
    'assay doctor --workspace bedrock.assay --restore last',
  ],
  run: async (_, values, io) => {
    const wanted = text(values, 'restore');
    const restored = wanted === null ? null : await restore(workspaceOf(values, io), wanted);
    const report = await examine(anyWorkspace(values, io), restored);
    print(report, flag(values, 'json'), io);
    return report.healthy ? EXIT.clean : EXIT.error;
  },
};

/** All checks; a failing one does not keep the others from being made. */
export async function examine(
  workspacePath: string | null,
  restored: string | null = null,
): Promise<DoctorReport> {
  const found = workspacePath === null ? null : await examineWorkspace(workspacePath);
  const checks = [
    ok('Assay', version()),
    ok('Node', `${process.versions.node} (${process.execPath})`),
    nodeApi(),
    await sqlite(),
    pages(),
    electron(),
    display(),
    ...(found === null ? [] : [found.check]),
  ];
  return {
    schemaVersion: 1,
    healthy: checks.every(({ state }) => state !== 'broken'),
    checks,
    workspace: found?.opened ?? null,
    backups: workspacePath === null ? [] : backupContents(workspacePath),
    restored,
  };
}

const ok = (name: string, value: string): Check => ({ name, state: 'ok', value, advice: null });
const notice = (name: string, value: string, advice: string): Check => ({
  name,
  state: 'notice',
  value,
  advice,
});
const broken = (name: string, value: string, advice: string): Check => ({
  name,
  state: 'broken',
  value,
  advice,
});

function nodeApi(): Check {
  const { napi = 'unknown' } = process.versions;
  return canLoadEngine(napi)
    ? ok('Node-API', `${napi} (${REQUIRED_NAPI} or newer is needed)`)
    : broken('Node-API', `${napi}, but SQLite needs ${REQUIRED_NAPI}`, 'use Node 22.14 or newer');
}

/** Makes a workspace, asks it and throws it away: the whole engine is exercised, not only the module loaded. */
async function sqlite(): Promise<Check> {
  try {
    const { sqlite, integrity } = await withScratchEngine((engine) => engine.call('engine.health', {}));
    return integrity === 'ok'
      ? ok('SQLite', sqlite)
      : broken('SQLite', `${sqlite}: a new workspace is damaged`, 'check the disk of the temporary folder');
  } catch (error) {
    return broken('SQLite', asFailure(error).message, 'run `npm ci` in the project');
  }
}

function pages(): Check {
  const folder = pageFolder();
  return existsSync(join(folder, 'index.html'))
    ? ok('Workbench pages', folder)
    : notice('Workbench pages', 'not built', '`npm start` or `npm run build` builds them');
}

function electron(): Check {
  const folder = electronFolder();
  if (folder === null)
    return notice(
      'Electron',
      'not here',
      `the desktop window needs it: ${ELECTRON_ADVICE}. The browser mode does without.`,
    );
  const named = join(folder, 'version');
  return ok('Electron', existsSync(named) ? `${readFileSync(named, 'utf8').trim()} (${folder})` : folder);
}

function display(): Check {
  const missing = missingDisplay();
  return missing === null
    ? ok('Display', 'a window can open')
    : notice('Display', missing, '`assay serve` opens the workbench in a browser instead');
}

/** Puts a backup in the place of a damaged workspace. Throws `invalid_input` where the workspace is sound. */
async function restore(path: string, wanted: string): Promise<string> {
  if (existsSync(path) && (await isSound(path)))
    throw new AssayError(
      'invalid_input',
      `${path} is sound: a backup only takes the place of a damaged workspace. To look into a backup, copy it to a file of another name and open that.`,
      { file: path },
    );
  const name =
    wanted === 'last'
      ? (backupContents(path).find(({ state }) => state === 'sound')?.name ?? wanted)
      : wanted;
  return restoreBackup(path, name, new Date(), problemOf);
}

/** Whatever else keeps it from being opened (a newer version, another owner) is no damage, and is thrown. */
async function isSound(path: string): Promise<boolean> {
  try {
    return (await open(path)).health.integrity === 'ok';
  } catch (error) {
    if (error instanceof AssayError && error.code === 'workspace_corrupt') return false;
    throw error;
  }
}

/** Looks into a workspace without writing to it. */
async function examineWorkspace(path: string): Promise<{ check: Check; opened: Opened | null }> {
  if (!existsSync(path))
    return {
      check: broken('Workspace', `${path} is not there`, '`assay import` makes a workspace'),
      opened: null,
    };
  try {
    const opened = await open(path);
    const { health, info } = opened;
    const holds = `${path}: ${formatCount(info.lineItems)} Bedrock lines, ${info.days === null ? 'no days' : `${info.days.from} to ${info.days.to}`}`;
    const damage = health.details.find(({ label }) => label === 'Damage')?.value;
    return {
      check:
        health.integrity === 'ok'
          ? ok('Workspace', holds)
          : broken(
              'Workspace',
              `${path} is damaged: ${damage}`,
              'go back to one of its backups with --restore',
            ),
      opened,
    };
  } catch (error) {
    return { check: unreadable(path, error), opened: null };
  }
}

async function open(path: string): Promise<Opened> {
  const engine = createEngine({ workspacePath: path, readOnly: true });
  try {
    return {
      health: await engine.call('engine.health', {}),
      info: await engine.call('workspace.info', {}),
    };
  } finally {
    engine.close();
  }
}

function unreadable(path: string, error: unknown): Check {
  if (error instanceof AssayError && error.code === 'workspace_read_only')
    return notice(
      'Workspace',
      `${path} was written by an older Assay`,
      'any other command brings it up to date and keeps a backup',
    );
  return broken(
    'Workspace',
    asFailure(error).message,
    'name another workspace, or go back to one of its backups with --restore',
  );
}

function print(report: DoctorReport, json: boolean, io: Io): void {
  if (json) {
    io.out(`${JSON.stringify(report, null, 2)}\n`);
    return;
  }
  const rows = report.checks.map(({ name, state, value }) => [left(name), left(state), left(value)]);
  if (report.restored !== null) io.out(`${report.restored}\n`);
  io.out(table([left('Check'), left('State'), left('Found')], rows));
  if (report.backups.length > 0) io.out(`\n${backupTable(report.backups)}`);
  for (const { name, state, advice } of report.checks)
    if (advice !== null) io.out(`${state === 'broken' ? 'Broken' : 'Notice'}: ${name}: ${advice}\n`);
}

function backupTable(backups: DoctorReport['backups']): string {
  return table(
    [left('Backup'), left('Made'), right('Size'), right('Lines'), left('Holds')],
    backups.map(({ name, at, bytes, holds, problem }) => [
      left(name),
      left(at),
      right(formatBytes(bytes)),
      right(holds === null ? '—' : formatCount(holds.lineItems)),
      left(holds === null ? `cannot be used: ${problem}` : monthsText(holds.months)),
    ]),
  );
}

function monthsText(months: readonly string[]): string {
  const [first] = months;
  if (first === undefined) return 'no bill yet';
  return months.length === 1 ? first : `${first} to ${months.at(-1)}`;
}
