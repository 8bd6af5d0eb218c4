// One lever of a pinned plan: its measure and its saving as planned and as billed, then how other volume and mix come in.
import { Table } from '@mantine/core';
import type { Output } from '../../../shared/contract/methods.ts';
import { cellText } from '../../../shared/format/cell.ts';
import { filterText } from '../../../shared/format/conditions.ts';
import { Fold } from '../../ui/fold.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Money, Unknown } from '../../ui/values.tsx';
import classes from './scenario.module.css';

type Lever = Output<'scenario.realised'>['levers'][number];
type Total = NonNullable<Lever['total']>;
type Props = { readonly lever: Lever; readonly currency: string };

export function RealisedLever({ lever, currency }: Props) {
  const { label, notFollowed, untold, unplanned, conditions, sharedWith, total } = lever;
  const followed = conditions.map((filter) => filterText(filter)).join(', ');
  return (
    <section className={classes.realised} aria-label={label}>
      <h3>{label}</h3>
      {notFollowed === null ? (
        <p className={classes.factNote}>
          Followed: {followed === '' ? 'all usage' : followed}
          {sharedWith.length > 0 && `; shared with ${sharedWith.join(', ')}`}
          {untold !== null && `. The saving cannot be told: ${untold}`}
          {unplanned !== null && `. ${unplanned}`}
        </p>
      ) : (
        <p className={classes.factNote}>Not followed. {notFollowed}</p>
      )}
      {total !== null && (
        <>
          <Figures lever={lever} total={total} currency={currency} />
          <Fold summary="By month">
            <Months lever={lever} currency={currency} />
          </Fold>
        </>
      )}
    </section>
  );
}

/** From what as many days of the baseline cost to what these days cost, and how each is taken. */
const STEPS = [
  ['baselineCost', 'Baseline, as many days', 'cost of the baseline × days held ÷ its days'],
  ['volumeEffect', 'More or less use', 'at the baseline’s mix and rates'],
  ['mixEffect', 'Other mix', 'other models, more or less output: at the baseline’s rates'],
  ['newUsage', 'New usage', 'the baseline has no rate for it'],
  ['realised', 'Realised saving, taken off', 'cost at the baseline’s rates − cost'],
  ['cost', 'Billed on these days', 'the sum of the above'],
] as const satisfies readonly (readonly [keyof Total, string, string])[];

/** What was planned beside what the bills say: the measure the lever moves, and its saving on the volume there was. */
function Figures({ lever, total, currency }: Props & { readonly total: Total }) {
  const format = useFormat();
  const { measure } = lever;
  const why = lever.untold ?? NOT_COUNTED;
  const whyPlanned = lever.unplanned ?? why;
  const planned = total.planned ?? 0;
  const share = total.realised === null || planned === 0 ? null : total.realised / planned;
  return (
    <>
      <Table className={classes.table} verticalSpacing={2} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{format.count(total.daysHeld)} days of the plan</Table.Th>
            <Table.Th ta="right">Baseline</Table.Th>
            <Table.Th ta="right">Planned</Table.Th>
            <Table.Th ta="right">On the bill</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {measure !== null && (
            <Table.Tr>
              <Table.Td>{measure.name}</Table.Td>
              {[measure.before, total.measurePlanned, total.measure].map((value, index) => (
                <Table.Td key={['before', 'planned', 'now'][index]} ta="right">
                  {value === null ? (
                    <Unknown why={index === 1 ? whyPlanned : why} />
                  ) : (
                    cellText(format, value, measure.unit)
                  )}
                </Table.Td>
              ))}
            </Table.Tr>
          )}
          <Table.Tr>
            <Table.Td>Saving on this volume, {currency}</Table.Td>
            <Table.Td />
            <Table.Td ta="right">
              <Money value={total.planned} currency={currency} why={whyPlanned} />
              <span className={classes.spread}>baseline’s rates × (1 − planned factor) × ramp</span>
            </Table.Td>
            <Table.Td ta="right">
              <strong>
                <Money value={total.realised} currency={currency} why={why} />
              </strong>
              {share !== null && (
                <span className={classes.spread}>{format.percent(share)} of what was planned</span>
              )}
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
      <Fold summary="From the baseline to the bill">
        <Bridge total={total} currency={currency} why={why} />
      </Fold>
    </>
  );
}

type BridgeProps = { readonly total: Total; readonly currency: string; readonly why: string };

function Bridge({ total, currency, why }: BridgeProps) {
  return (
    <Table className={classes.table} verticalSpacing={2} horizontalSpacing="sm">
      <Table.Tbody>
        {STEPS.map(([part, name, formula]) => (
          <Table.Tr key={part}>
            <Table.Td>
              {name}
              <span className={classes.spread}>{formula}</span>
            </Table.Td>
            <Table.Td ta="right">
              <Money value={signed(part, total[part])} currency={currency} why={why} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** In a sum that leads to the bill a saving is taken off. */
function signed(part: (typeof STEPS)[number][0], value: number | null): number | null {
  return part === 'realised' && value !== null && value !== 0 ? -value : value;
}

const NOT_COUNTED = 'Requests are not counted on every day of this usage.';

const NOT_HELD = 'No day of it is held.';

function Months({ lever: { months, measure, untold, unplanned }, currency }: Props) {
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
                <Unknown why={month.daysHeld === 0 ? NOT_HELD : 'Nothing of this usage is on these days.'} />
              ) : (
                cellText(format, month.measure, measure?.unit ?? null)
              )}
            </Table.Td>
            {(['cost', 'realised', 'planned'] as const).map((part) => (
              <Table.Td key={part} ta="right">
                <Money
                  value={month[part]}
                  currency={currency}
                  why={
                    month.daysHeld === 0
                      ? NOT_HELD
                      : ((part === 'planned' ? unplanned : null) ?? untold ?? NOT_COUNTED)
                  }
                />
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
