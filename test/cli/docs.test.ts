// docs/cli.md says of every command what its table says, no flag more and none less.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BASES, DIMENSIONS, MEASURES, SCOPES } from '../../shared/domain/spend/vocabulary.ts';
import { FAMILIES, MODES, REGION_TIERS } from '../../shared/domain/usage/vocabulary.ts';
import { EXIT } from '../../src-main/cli/command.ts';
import { COMMANDS } from '../../src-main/cli/commands.ts';
import { publishedSchemas } from '../../src-main/cli/schemas.ts';

const DOCS = resolve(import.meta.dirname, '../../docs');
const page = readFileSync(join(DOCS, 'cli.md'), 'utf8');
const sections = new Map(
  page.split(/^## /mu).map((section) => [section.slice(0, section.indexOf('\n')), section]),
);

test('every command has its section', () => {
  const documented = [...sections.keys()].filter((title) => title.startsWith('assay '));
  expect(documented).toEqual(COMMANDS.map(({ name }) => `assay ${name}`));
});

describe.each(COMMANDS.map((command) => [command.name, command] as const))(
  'assay %s',
  (name, { options }) => {
    test('has the documented flags', () => {
      const flags = [...(sections.get(`assay ${name}`) ?? '').matchAll(/--([a-z][a-z-]*)/gu)].map(
        ([, flag]) => flag,
      );
      expect([...new Set(flags)].toSorted()).toEqual(Object.keys(options).toSorted());
    });
  },
);

test('the vocabulary is the one of the code', () => {
  const grammar = sections.get('The grammar of a question') ?? '';
  const named = new Set([...grammar.matchAll(/[a-zA-Z_]+/gu)].map(([word]) => word));
  const all = [...DIMENSIONS, ...MEASURES, ...BASES, ...SCOPES, ...FAMILIES, ...MODES, ...REGION_TIERS];
  expect(all.filter((name) => !named.has(name))).toEqual([]);
});

test('every schema, every exit code and every linked file is there', () => {
  for (const file of publishedSchemas().keys()) expect(page).toContain(`(schema/${file})`);
  for (const code of Object.values(EXIT)) expect(page).toMatch(new RegExp(`^\\| ${code} \\| `, 'mu'));
  const there = readdirSync(DOCS, { recursive: true }).map(String);
  const linked = [...page.matchAll(/\]\(([\w./-]+)\)/gu)].map(([, target = '']) => target);
  expect(linked.filter((target) => !there.includes(target))).toEqual([]);
});

test('the JSON examples are JSON', () => {
  const examples = [...page.matchAll(/```json\n(.*?)```/gsu)].map(([, text = '']) => text);
  expect(examples.length).toBeGreaterThan(5);
  for (const example of examples) expect(() => JSON.parse(example)).not.toThrow();
});
