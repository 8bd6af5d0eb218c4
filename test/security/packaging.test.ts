// What ships: the package's configuration, read as data.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const text = (file: string): string => readFileSync(resolve(ROOT, file), 'utf8');

/** The lines of one top-level block of a YAML file, without comments. */
function block(yaml: string, name: string): string[] {
  const lines = yaml.split('\n').filter((line) => !/^\s*#/u.test(line));
  const start = lines.findIndex((line) => line.startsWith(`${name}:`));
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^\S/u.test(line));
  return rest
    .slice(0, end === -1 ? undefined : end)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

const shipped = text('electron-builder.yml');

test('every fuse is set, and to the safe side', () => {
  expect(block(shipped, 'electronFuses')).toEqual([
    'runAsNode: false',
    'enableNodeOptionsEnvironmentVariable: false',
    'enableNodeCliInspectArguments: false',
    'enableCookieEncryption: true',
    'enableEmbeddedAsarIntegrityValidation: true',
    'onlyLoadAppFromAsar: true',
    'loadBrowserProcessSpecificV8Snapshot: false',
    'grantFileProtocolExtraPrivileges: false',
  ]);
});

test('files are an allow-list, and only the native module leaves the archive', () => {
  const included = block(shipped, 'files').filter((line) => !line.startsWith('- "!'));
  expect(included).toEqual(['- dist/main/**', '- dist/renderer/**', '- package.json']);
  expect(block(shipped, 'asarUnpack')).toEqual(['- node_modules/better-sqlite3/prebuilds/*.node']);
  expect(shipped).toMatch(/^asar: true$/mu);
  expect(shipped).toMatch(/^npmRebuild: false$/mu);
});

test('nothing is published, updated or fetched by itself', () => {
  expect(shipped).toMatch(/^publish: null$/mu);
  expect(shipped).not.toMatch(/electronDist|electronVersion|electronDownload/u);
});

test('the registry’s Electron is for tests only: the shipped package and the scripts that run by themselves never use it', () => {
  const scripts = (JSON.parse(text('package.json')) as { scripts: Record<string, string> }).scripts;
  const silent = Object.entries(scripts).filter(([name]) => name !== 'electron:registry');
  expect(silent.filter(([, command]) => command.includes('electron-registry'))).toEqual([]);
  expect(text('scripts/start.ts')).not.toMatch(/electron-registry\.ts|npm pack/u);
});

test('Electron is pinned to one version, as is everything else that ships or builds', () => {
  const manifest = JSON.parse(text('package.json')) as Record<string, Record<string, string>>;
  const versions = { ...manifest.dependencies, ...manifest.devDependencies };
  expect(
    Object.entries(versions).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/u.test(version)),
  ).toEqual([]);
  expect(Object.keys(manifest.dependencies ?? {})).toEqual(['better-sqlite3']);
});

test('install scripts run for the pinned Node alone', () => {
  const { allowScripts } = JSON.parse(text('package.json')) as { allowScripts: Record<string, boolean> };
  expect(Object.keys(allowScripts).filter((name) => allowScripts[name])).toEqual(['node']);
});
