// SECURITY.md promises a test beside each rule: the files it names exist, and each rule has one.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const document = readFileSync(resolve(ROOT, 'SECURITY.md'), 'utf8');
const rules = document.split('\n').filter((line) => /^\| (?!#|Rule|---)/u.test(line));
const named = [...document.matchAll(/`((?:test|src-main)\/[^`]+\.ts|electron-builder\.yml)`/gu)].map(
  (match) => match[1] ?? '',
);

test('each rule names at least one test', () => {
  expect(rules.length).toBeGreaterThan(25);
  expect(rules.filter((rule) => !/`test\/[^`]+\.ts`/u.test(rule))).toEqual([]);
});

test('every file it names exists', () => {
  expect(named.filter((file) => !existsSync(resolve(ROOT, file)))).toEqual([]);
});

test('every security test is named', () => {
  const files = readdirSync(import.meta.dirname)
    .filter((file) => /\.(test|e2e)\.ts$/u.test(file))
    .map((file) => `test/security/${file}`);
  expect(files.filter((file) => file !== 'test/security/table.test.ts' && !named.includes(file))).toEqual([]);
});
