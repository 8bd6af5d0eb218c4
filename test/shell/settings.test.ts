// What the shell remembers, and what it does with a file it cannot read.
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLog } from '../../src-main/shell/log.ts';
import { openSettings } from '../../src-main/shell/settings.ts';
import { fitting } from '../../src-main/shell/window-bounds.ts';
import { workspaceArgument } from '../../src-main/shell/workspace-argument.ts';
import { withExtension } from '../../src-main/shell/workspaces.ts';
import { temporaryFolder } from '../hosts/process.ts';

const silent = (): void => undefined;
const day = (number: number): Date => new Date(Date.UTC(2026, 9, number));

test('settings survive a restart, in a file only the user can read', () => {
  const folder = join(temporaryFolder(), 'data');
  openSettings(folder, silent).set({ theme: 'dark', maximized: true });
  expect(openSettings(folder, silent).get()).toMatchObject({ theme: 'dark', maximized: true, bounds: null });
  if (process.platform !== 'win32') expect(statSync(join(folder, 'settings.json')).mode & 0o077).toBe(0);
});

test('an unreadable settings file is replaced by the defaults and mentioned in the log', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'settings.json'), '{"theme": "purple"}');
  const lines: string[] = [];
  const settings = openSettings(folder, (line) => lines.push(line));
  expect(settings.get().theme).toBe('system');
  expect(lines).toHaveLength(1);
});

test('recent workspaces: newest first, once each, ten at most, and only those that exist', () => {
  const folder = temporaryFolder();
  const settings = openSettings(folder, silent);
  const paths = Array.from({ length: 12 }, (_, index) => join(folder, `${index}.assay`));
  for (const [index, path] of paths.entries()) {
    writeFileSync(path, '');
    settings.opened(path, day(index + 1));
  }
  settings.opened(paths[5] ?? '', day(20));
  rmSync(paths[11] ?? '');
  const recent = openSettings(folder, silent).recent();
  expect(recent.map(({ path }) => path)).toEqual([5, 10, 9, 8, 7, 6, 4, 3, 2].map((index) => paths[index]));
  expect(settings.lastWorkspace()).toBe(paths[5]);
});

test('the log keeps one older file and never grows without end', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'logs'));
  writeFileSync(join(folder, 'logs', 'assay.log'), 'x'.repeat(1024 * 1024 + 1));
  openLog(folder)('window shown');
  expect(readFileSync(join(folder, 'logs', 'assay.log'), 'utf8')).toMatch(/^\d{4}-.*Z window shown\n$/u);
  expect(statSync(join(folder, 'logs', 'assay.log.1')).size).toBe(1024 * 1024 + 1);
});

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
test.each([
  ['nothing remembered', null, [screen], { width: 1280, height: 800 }],
  ['a small screen', null, [{ ...screen, width: 1024, height: 700 }], { width: 1024, height: 700 }],
  [
    'where it was',
    { x: 10, y: 20, width: 900, height: 700 },
    [screen],
    { x: 10, y: 20, width: 900, height: 700 },
  ],
  [
    'a screen that is gone',
    { x: 4000, y: 20, width: 900, height: 700 },
    [screen],
    { width: 1280, height: 800 },
  ],
  [
    'a title off the screen',
    { x: 10, y: -50, width: 900, height: 700 },
    [screen],
    { width: 1280, height: 800 },
  ],
  [
    'a second screen',
    { x: 2000, y: 0, width: 3000, height: 900 },
    [screen, { ...screen, x: 1920 }],
    { x: 2000, y: 0, width: 1920, height: 900 },
  ],
] as const)('the window opens for %s', (_name, remembered, displays, place) => {
  expect(fitting(remembered, displays)).toEqual(place);
});

test.each([
  [['assay', 'q3.assay'], '/bills/q3.assay'],
  [['assay', '--flag=x.assay', '/other/a.ASSAY', 'b.assay'], '/other/a.ASSAY'],
  [['electron', '.', 'cur.csv'], null],
  [['x.assay'], null],
])('the arguments %j open %s', (argv, path) => {
  expect(workspaceArgument(argv, '/bills')).toBe(path);
});

test('a new workspace gets its extension once', () => {
  expect(withExtension('/no/such/bill')).toBe('/no/such/bill.assay');
  expect(withExtension('/no/such/bill.assay')).toBe('/no/such/bill.assay');
});
