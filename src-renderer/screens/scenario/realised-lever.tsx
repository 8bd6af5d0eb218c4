// One lever of a pinned plan: its measure and its money as planned and as billed, with other volume and mix apart.
import { Table } from '@mantine/core';
import type { Output } from '../../../shared/contract/methods.ts';
import { cellText } from '../../../shared/format/cell.ts';
import { filterText } from '../../../shared/format/conditions.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Money, Unknown } from '../../ui/values.tsx';
import classes from './scenario.module.css';

type Lever = Output<'scenario.realised'>['levers'][number];
type Total = NonNullable<Lever['total']>;
type Props = { readonly lever: Lever; readonly currency: string };

export function RealisedLever({ lever, currency }: Props) {
  const { label, notFollowed, untold, conditions, sharedWith, total } = lever;
  const followed = conditions.map((filter) => filterText(filter)).join(', ');
  return (
    <section className={classes.realised} aria-label={label}>
      <h3>{label}</h3>
      {notFollowed === null ? (
        <p className={classes.factNote}>
          Follows {followed === '' ? 'all usage' : followed}
          {sharedWith.length > 0 && `; shared with ${sharedWith.join(', ')}`}
          {untold !== null && `. The saving cannot be told: ${untold}`}
        </p>
      ) : (
        <p className={classes.factNote}>Not followed. {notFollowed}</p>
      )}
      {total !== null && (
        <>
          <Figures lever={lever} total={total} currency={currency} />
          <details className={classes.details}>
            <summary>By month</summary>
            <Months lever={lever} currency={currency} />
          </details>
        </>
      )}
    </section>
  );
}

/** From what as many days of the baseline cost to what these days cost. */
const STEPS = [
  ['baselineCost', 'Baseline, as many days', 'cost of the baseline × days held ÷ its days'],
  ['volumeEffect', 'More use', 'at the baseline’s mix and rates'],
  ['mixEffect', 'Other mix', 'other models or more output, at the baseline’s rates'],
  ['newUsage', 'New usage', 'the baseline has no rate for it'],
  ['realised', 'Realised', 'cost at the baseline’s rates − cost'],
  ['cost', 'Billed on these days', 'baseline + use + mix + new − realised'],
  ['planned', 'Planned on this volume', 'baseline’s rates × (1 − planned factor) × ramp'],
] as const satisfies readonly (readonly [keyof Total, string, string])[];

function Figures({ lever, total, currency }: Props & { readonly total: Total }) {
  const format = useFormat();
  const { measure } = lever;
  return (
    <dl className={classes.facts}>
      {measure !== null && (
        <div>
          <dt>{measure.name}</dt>
          <dd className={classes.number}>
            {cellText(format, total.measure, measure.unit)} of{' '}
            {cellText(format, total.measurePlanned, measure.unit)} planned
          </dd>
          <dd className={classes.factNote}>
            {cellText(format, measure.before, measure.unit)} in the baseline
          </dd>
        </div>
      )}
      {STEPS.map(([part, name, formula]) => (
        <div key={part}>
          <dt>{name}</dt>
          <dd className={classes.number}>
            <Money value={total[part]} currency={currency} why={lever.untold ?? NOT_COUNTED} />
          </dd>
          <dd className={classes.factNote}>{formula}</dd>
        </div>
      ))}
    </dl>
  );
}

const NOT_COUNTED = 'Requests are not counted on every day of this usage.';

function Months({ lever: { months, measure, untold }, currency }: Props) {
  const format = useFormat();
  return (
    <Table className={classes.table} verticalSpacing={2} horizontalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Month</Table.Th>
          <Table.Th ta="right">Days</Table.Th>
          <Table.Th ta="right">{measure?.name ?? 'Measure'}</Table.Th>
          <Table.Th ta="right">Billed, {currency}</Table.Th>
          <Table.Th ta="right">Realised, {currency}</Table.Th>
          <Table.Th ta="right">Planned, {currency}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {months.map((month) => (
          <Table.Tr key={month.month}>
            <Table.Td>
              {format.month(month.month)}
              {month.partial && <span className={classes.mark}>partial</span>}
              {month.estimated && <span className={classes.mark}>estimated</span>}
            </Table.Td>
            <Table.Td ta="right">
              {month.daysHeld} of {month.daysInMonth}
            </Table.Td>
            <Table.Td ta="right">
              {month.measure === null ? (
                <Unknown why="Nothing of this usage is on these days." />
              ) : (
                cellText(format, month.measure, measure?.unit ?? null)
              )}
            </Table.Td>
            {(['cost', 'realised', 'planned'] as const).map((part) => (
              <Table.Td key={part} ta="right">
                <Money value={month[part]} currency={currency} why={untold ?? NOT_COUNTED} />
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
