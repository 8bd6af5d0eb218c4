// The comparison as one table: a column a scenario, sections one under the other, the difference under each figure.
import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import type { Band } from '../../../shared/domain/whatif/answer.ts';
import { addMonths } from '../../../shared/domain/whatif/months.ts';
import { UNKNOWN } from '../../../shared/format/format.ts';
import { comparedName } from '../../../shared/format/scenario-words.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Money, Unknown } from '../../ui/values.tsx';
import classes from './compare.module.css';
import { columnUnit, LETTERS } from './compare-words.ts';
import { hasSpread } from './ledger-view.ts';
import { LAYER_TITLES } from './words.ts';

type Comparison = Output<'scenario.compare'>;
type Scenario = Comparison['scenarios'][number];

export function CompareTable({ compared }: { readonly compared: Comparison }) {
  const { scenarios, figures, levers, models, months } = compared;
  const format = useFormat();
  const columns = scenarios.length + 1;
  const layers = scenarios.map(({ priceLayer }) => priceLayer);
  return (
    <Table className={classes.table} verticalSpacing={4} horizontalSpacing="sm" stickyHeader>
      <Table.Thead>
        <Table.Tr>
          <Table.Th className={classes.label}>Amounts by scenario</Table.Th>
          {scenarios.map((scenario, index) => (
            <Table.Th key={LETTERS[index]} className={classes.head}>
              <span className={classes.letter}>{LETTERS[index]}</span> {scenario.name}
              <span className={classes.sub}>
                {columnUnit(scenario, scenarios)}
                {index > 0 && ', difference to A below'}
              </span>
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Section title="Headlines" columns={columns}>
        {figures.map(({ figure, values, differences }) => (
          <Row
            key={figure}
            label={comparedName(figure, layers)}
            lead={figure === 'savingAtPrice' || figure === 'cashThisYear'}
            {...{ values, differences, scenarios }}
            missing={
              figure === 'cashThisYear'
                ? 'No commitment is given, or none is counted over its bill: the scenario says why.'
                : 'It comes to no figure: the scenario says why.'
            }
          />
        ))}
      </Section>
      <Section title="What it starts from" columns={columns}>
        <Facts
          scenarios={scenarios}
          oneOff={figures.find(({ figure }) => figure === 'oneOff')?.values ?? []}
          saving={figures.find(({ figure }) => figure === 'savingAtPrice')?.values ?? []}
        />
      </Section>
      <Section title="Saving of each lever, in order" columns={columns}>
        {levers.map(({ kind, label, number, values, differences }) => (
          <Row
            key={`${kind} ${label} ${number}`}
            label={number === 1 ? label : `${label} (${number})`}
            {...{ values, differences, scenarios }}
            missing="The scenario has no such lever, it is switched off, or it comes to no figure."
          />
        ))}
      </Section>
      <Section title="Cost of each model afterwards" columns={columns}>
        {models.map(({ model, values, differences }) => (
          <Row
            key={model ?? ''}
            label={model ?? 'Beside the tokens'}
            {...{ values, differences, scenarios }}
            missing="None of its tokens has a price, or the saving is not known."
          />
        ))}
      </Section>
      <Section title="Saving of each month" columns={columns}>
        {months.map(({ month, values, differences }) => (
          <Row
            key={month}
            label={format.month(month)}
            {...{ values, differences, scenarios }}
            missing="Outside the months of the scenario, or the saving is not known."
          />
        ))}
      </Section>
    </Table>
  );
}

type SectionProps = { readonly title: string; readonly columns: number; readonly children: ReactNode };

function Section({ title, columns, children }: SectionProps) {
  return (
    <Table.Tbody>
      <Table.Tr className={classes.section}>
        <Table.Th colSpan={columns} scope="rowgroup">
          {title}
        </Table.Th>
      </Table.Tr>
      {children}
    </Table.Tbody>
  );
}

type FactsProps = {
  readonly scenarios: readonly Scenario[];
  readonly oneOff: readonly (number | Band | null)[];
  readonly saving: readonly (number | Band | null)[];
};

/** What a scenario is, in a row each; what differs from the first is marked by more than colour. */
function Facts({ scenarios, oneOff, saving }: FactsProps) {
  const format = useFormat();
  /** Which of them decide whether two results may be subtracted. */
  const starts = ['Baseline', 'Filters', 'Prices', 'Catalog'];
  const spends = (index: number): boolean => {
    const spent = oneOff[index] ?? null;
    return (typeof spent === 'number' ? spent : (spent?.base ?? 0)) > 0;
  };
  const facts: readonly [string, (scenario: Scenario, index: number) => string][] = [
    ['Baseline', ({ period }) => format.period(period)],
    ['Filters', ({ filters }) => (filters.length === 0 ? 'none' : filters.join(', '))],
    ['Prices', ({ priceLayer }) => LAYER_TITLES[priceLayer]],
    ['Catalog', ({ catalogVersion }) => catalogVersion],
    ['Levers switched on', ({ levers }) => format.count(levers)],
    ['Months', ({ horizon, months }) => `${format.count(months)} from ${format.month(horizon)}`],
    [
      'Commitment year',
      ({ commitmentYear }) => (commitmentYear === null ? 'none' : `from ${format.day(commitmentYear)}`),
    ],
    [
      'Paid back',
      ({ paybackMonth, horizon }, index) =>
        paybackMonth !== null
          ? `end of ${format.month(addMonths(horizon, paybackMonth - 1))}`
          : !spends(index)
            ? 'nothing to pay back'
            : (saving[index] ?? null) === null
              ? `${UNKNOWN}, the saving is not known`
              : 'not within these months',
    ],
    [
      'Known of the saving',
      ({ partial }, index) => ((saving[index] ?? null) === null ? UNKNOWN : (partial ?? 'all of it')),
    ],
  ];
  return facts.map(([label, textOf]) => {
    const texts = scenarios.map(textOf);
    return (
      <Table.Tr key={label}>
        <Table.Th scope="row" className={classes.label}>
          {label}
        </Table.Th>
        {texts.map((text, index) => (
          <Table.Td key={LETTERS[index]} className={classes.fact}>
            {text}
            {index > 0 && starts.includes(label) && text !== texts[0] && (
              <span className={classes.differs}>differs</span>
            )}
          </Table.Td>
        ))}
      </Table.Tr>
    );
  });
}

type RowProps = {
  readonly label: string;
  readonly values: readonly (number | Band | null)[];
  readonly differences: readonly (number | null)[];
  readonly scenarios: readonly Scenario[];
  /** Why a figure is missing. */
  readonly missing: string;
  readonly lead?: boolean;
};

function Row({ label, values, differences, scenarios, missing, lead = false }: RowProps) {
  return (
    <Table.Tr className={lead ? classes.lead : undefined}>
      <Table.Th scope="row" className={classes.label}>
        {label}
      </Table.Th>
      {values.map((value, index) => (
        <Table.Td key={LETTERS[index]} className={classes.figure}>
          <Cell
            value={value}
            difference={differences[index] ?? null}
            currency={scenarios[index]?.currency ?? 'USD'}
            missing={missing}
            first={index === 0}
            subtracted={scenarios[index]?.differs.length === 0}
          />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

type CellProps = {
  readonly value: number | Band | null;
  readonly difference: number | null;
  readonly currency: string;
  readonly missing: string;
  readonly first: boolean;
  readonly subtracted: boolean;
};

function Cell({ value, difference, currency, missing, first, subtracted }: CellProps) {
  const format = useFormat();
  if (value === null) return <Unknown why={missing} />;
  const band = typeof value === 'number' ? { low: value, base: value, high: value } : value;
  return (
    <>
      <Money value={band.base} currency={currency} />
      {hasSpread(band) && (
        <span className={classes.sub}>{format.moneyRange(band.low, band.high, currency)}</span>
      )}
      {!first && (
        <span className={classes.change}>
          {difference !== null
            ? difference === 0
              ? '= A'
              : format.moneyChange(difference, currency)
            : subtracted
              ? 'A has none'
              : 'not subtracted'}
        </span>
      )}
    </>
  );
}
