// What the commitment year looks like with the AI spend as it is and as the levers leave it, and the formulas behind it.
import { Table, Text } from '@mantine/core';
import type { Band, CommitmentResult } from '../../../shared/domain/whatif/answer.ts';
import { lineClassName } from '../../../shared/format/scenario-words.ts';
import { Fold } from '../../ui/fold.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Note } from '../../ui/states.tsx';
import { Money, Unknown } from '../../ui/values.tsx';
import { bandEnds } from './band-ends.tsx';
import classes from './scenario.module.css';

export function CommitmentView({ result }: { readonly result: CommitmentResult }) {
  const format = useFormat();
  const { currency } = result;
  const rows: readonly (readonly [string, Band | null, Band | null])[] = [
    ['Gap without AI spend', result.gap, result.gap],
    ['Retired', result.baseline.retired, result.scenario?.retired ?? null],
    ['Absorbed by AI spend', result.baseline.absorbed, result.scenario?.absorbed ?? null],
    ['Shortfall', result.baseline.shortfall, result.scenario?.shortfall ?? null],
    ['Cash of the year', result.baseline.cash, result.scenario?.cash ?? null],
    ['Incremental cash of AI', result.baseline.incrementalCash, result.scenario?.incrementalCash ?? null],
  ];
  return (
    <div className={classes.stack}>
      <Table className={classes.table} verticalSpacing={4} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Year from {format.day(result.yearStart)}</Table.Th>
            <Table.Th ta="right">As it is, {currency}</Table.Th>
            <Table.Th ta="right">With the levers, {currency}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([label, before, after]) => (
            <Table.Tr key={label}>
              <Table.Td>{label}</Table.Td>
              <Table.Td ta="right">
                <BandCell band={before} currency={currency} />
              </Table.Td>
              <Table.Td ta="right">
                <BandCell band={after} currency={currency} />
              </Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Td>Cash effect of the levers, before one-off cost</Table.Td>
            <Table.Td />
            <Table.Td ta="right">
              <BandCell band={result.leverCash} currency={currency} />
            </Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Td>Against direct purchase</Table.Td>
            <Table.Td />
            <Table.Td ta="right">
              <Money
                value={result.againstDirect}
                currency={currency}
                why="No price of a direct purchase is stated."
              />
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
      <Table className={classes.table} verticalSpacing={4} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>AI spend of the year, gross</Table.Th>
            <Table.Th>Counts</Table.Th>
            <Table.Th ta="right">As it is, {currency}</Table.Th>
            <Table.Th ta="right">With the levers, {currency}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {result.aiSpend.map((line) => (
            <Table.Tr key={line.lineClass}>
              <Table.Td>{lineClassName(line.lineClass)}</Table.Td>
              <Table.Td>{flagsText(line)}</Table.Td>
              <Table.Td ta="right">
                <Money value={line.baseline} currency={currency} />
              </Table.Td>
              <Table.Td ta="right">
                <Money value={line.scenario} currency={currency} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {result.cashMonths.length > 0 && <CashMonths result={result} />}
      {result.formula.length > 0 && <Formulas result={result} />}
      {result.assumptions.length > 0 && (
        <Note tone="caution">
          {result.assumptions.map((text) => (
            <p key={text} className={classes.line}>
              {text}
            </p>
          ))}
        </Note>
      )}
    </div>
  );
}

function Formulas({ result }: { readonly result: CommitmentResult }) {
  const format = useFormat();
  return (
    <Fold summary="Formulas, base case">
      <dl className={classes.formulas}>
        {result.formula.map(({ name, expression, value, unit }) => (
          <div key={`${name} ${expression}`}>
            <dt>{name}</dt>
            <dd>
              <code>{expression}</code>
            </dd>
            <dd className={classes.number}>
              {unit === result.currency ? format.money(value, unit) : `${format.quantity(value)} ${unit}`}
            </dd>
          </div>
        ))}
      </dl>
    </Fold>
  );
}

function BandCell({ band, currency }: { readonly band: Band | null; readonly currency: string }) {
  const format = useFormat();
  if (band === null) return <Unknown why="Nothing is stated yet that changes it." />;
  return (
    <>
      <Money value={band.base} currency={currency} />
      {bandEnds(format, band, currency)}
    </>
  );
}

type Flags = CommitmentResult['aiSpend'][number];

function flagsText({ retires, discounted, inMarketplaceCap }: Flags): string {
  return [
    retires ? (inMarketplaceCap ? 'retires within the cap' : 'retires in full') : 'does not retire',
    discounted ? 'discounted' : 'not discounted',
  ].join(', ');
}

const CASH_COLUMNS = ['saved', 'support', 'shortfall', 'oneOff', 'cash', 'cumulative'] as const;
const CASH_TITLES: Readonly<Record<(typeof CASH_COLUMNS)[number], string>> = {
  saved: 'Saved, net',
  support: 'Support',
  shortfall: 'Shortfall',
  oneOff: 'One-off',
  cash: 'Cash',
  cumulative: 'Cumulative',
};

/** What the levers change about each month's payments; the shortfall they cause is settled with the last one. */
function CashMonths({ result }: { readonly result: CommitmentResult }) {
  const { cashMonths, currency, oneOff, paybackMonth } = result;
  const format = useFormat();
  return (
    <Fold summary="Cash of the levers by month">
      {oneOff > 0 && (
        <Text size="xs" c="dimmed" mt="sm">
          {paybackMonth === null
            ? 'The one-off cost is not earned back in cash within the year.'
            : `The one-off cost is earned back in cash by the end of ${format.month(paybackMonth)}.`}
        </Text>
      )}
      <Table className={classes.table} verticalSpacing={2} horizontalSpacing="sm" mt="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Month</Table.Th>
            {CASH_COLUMNS.map((column) => (
              <Table.Th key={column} ta="right">
                {CASH_TITLES[column]}, {currency}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {cashMonths.map((row) => (
            <Table.Tr key={row.month}>
              <Table.Td>{format.month(row.month)}</Table.Td>
              {CASH_COLUMNS.map((column) => (
                <Table.Td key={column} ta="right">
                  <Money value={row[column]} currency={currency} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Fold>
  );
}
