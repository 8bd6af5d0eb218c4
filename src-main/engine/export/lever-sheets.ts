// The sheets of a workbook that say what a scenario rests on: what each lever states, who stands behind it, on what evidence.
import type { ScenarioAnswer } from '../../../shared/domain/whatif/answer.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { filterText } from '../../../shared/format/conditions.ts';
import { leverStated, type Stated } from '../../../shared/format/lever-stated.ts';
import { column, rowOf, type Sheet, type SheetCell } from './write-xlsx.ts';

/** Where each lever applies and every parameter it states: figures as numbers with their ends, choices in words. */
export function leversSheet({ levers }: Scenario, answer: ScenarioAnswer): Sheet {
  const labels = new Map(answer.ledger.map(({ leverId, label }) => [leverId, label]));
  const valuesOf = ({ value }: Stated): SheetCell[] => {
    if (value === null) return [null, null, null, 'not stated'];
    if (typeof value === 'string') return [null, null, null, value];
    return typeof value === 'number' ? [value, null, null, null] : [value.base, value.low, value.high, null];
  };
  return {
    name: 'Levers',
    columns: [
      column('Lever id', 16),
      column('Lever', 36),
      column('Stated', 40),
      column('Unit', 12),
      column('Base', 16),
      column('Low', 16),
      column('High', 16),
      column('In words', 60),
    ],
    rows: levers.flatMap((lever): SheetCell[][] => {
      const own = (...cells: SheetCell[]): SheetCell[] => [
        lever.id,
        labels.get(lever.id) ?? lever.id,
        ...cells,
      ];
      const applies = lever.scope.map((filter) => filterText(filter)).join(', ');
      return [
        own('Applies to', 'text', null, null, null, applies === '' ? 'all usage of the baseline' : applies),
        ...leverStated(lever).map((one) => own(one.name, one.unit, ...valuesOf(one))),
      ];
    }),
    strong: [],
  };
}

/** Where the base of a figure that a lever states stands; null where it does not state it. */
export function statedCell(levers: Scenario['levers'], leverId: string, name: string): string | null {
  const rows = levers.flatMap((lever) => [
    null,
    ...leverStated(lever).map((one) =>
      lever.id === leverId && typeof one.value === 'number' ? one.name : null,
    ),
  ]);
  const index = rows.indexOf(name);
  return index < 0 ? null : `Levers!E${rowOf(index)}`;
}

/** Who stands behind each lever, on what evidence, from when; then what the answer assumes. */
export function assumptionsSheet(scenario: Scenario, answer: ScenarioAnswer): Sheet {
  const labels = new Map(answer.ledger.map(({ leverId, label }) => [leverId, label]));
  return {
    name: 'Assumptions',
    columns: [
      column('What', 36),
      column('Starts in', 12),
      column('Ramp, months', 12, 'count'),
      column('One-off cost', 16, 'money'),
      column('Owner', 24),
      column('Confidence', 12),
      column('Evidence or assumption', 90),
    ],
    rows: [
      ...scenario.levers.map((lever): SheetCell[] => [
        labels.get(lever.id) ?? lever.id,
        lever.startMonth,
        lever.rampMonths,
        lever.oneOffCost,
        lever.owner,
        lever.confidence,
        lever.evidence ?? 'No evidence is stated.',
      ]),
      ...[...answer.notes, ...(answer.commitment?.assumptions ?? [])].map((note): SheetCell[] => [
        'Note',
        null,
        null,
        null,
        null,
        null,
        note,
      ]),
    ],
    strong: [],
  };
}
