// assay scope: what of everything the publications name is recognised, priced, modelled and shown, and what is not.
import type { ScopeReport } from '../../../shared/contract/scope.ts';
import { SCOPE, SCOPE_AREAS, SCOPE_STATUSES, type ScopeRow } from '../../../shared/domain/scope/scope.ts';
import { type Command, choice, EXIT, flag, JSON_OPTION } from '../command.ts';
import { left, table } from '../table.ts';

export const scopeCommand: Command = {
  name: 'scope',
  summary:
    'List everything the publications name, with the rule, price, lever and screen that make it work, or why not.',
  operands: '',
  operandCount: [0, 0],
  options: {
    status: { type: 'string', value: '<status>', help: `only these: ${SCOPE_STATUSES.join(', ')}` },
    json: JSON_OPTION,
  },
  notes: ['Rows X1 to X24 are conflicts between the publications, the others what they name.'],
  examples: ['assay scope', 'assay scope --status out'],
  run: (_, values, io) => {
    const status = choice(values, 'status', SCOPE_STATUSES);
    const report = reportOf(SCOPE.filter((row) => status === null || row.status === status));
    io.out(flag(values, 'json') ? `${JSON.stringify(report, null, 2)}\n` : describe(report));
    return Promise.resolve(EXIT.clean);
  },
};

function reportOf(rows: readonly ScopeRow[]): ScopeReport {
  return {
    schemaVersion: 1,
    counts: SCOPE_STATUSES.map((status) => ({
      status,
      count: SCOPE.filter((row) => row.status === status).length,
    })),
    rows: rows.map(({ rules, prices, levers, screens, ...row }) => ({
      ...row,
      rules: [...rules],
      prices: [...prices],
      levers: [...levers],
      screens: [...screens],
    })),
  };
}

function describe({ counts, rows }: ScopeReport): string {
  const some = (names: readonly string[]): string =>
    names.length <= 2 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
  const body = rows.map((row) => [
    left(row.id),
    left(row.item),
    left(row.status),
    left(some(row.rules)),
    left(some(row.prices)),
    left(some(row.levers)),
    left(row.screens.join(', ')),
    left(row.area === null ? row.says : `${row.says} (${SCOPE_AREAS[row.area]})`),
  ]);
  const header = ['', 'What', 'Status', 'Rule', 'Price', 'Lever', 'Screen', 'How, or why not'].map(left);
  return `${counts.map(({ status, count }) => `${count} ${status}`).join(', ')}\n\n${table(header, body)}`;
}
