// What the scenario starts from: days and filters, what they cost, and what lies outside the levers' reach.
import { Button, Group, Input, NumberInput, Select, Text, TextInput } from '@mantine/core';
import { memo } from 'react';
import type { Filter, Period } from '../../../shared/domain/spend/vocabulary.ts';
import { sumOf } from '../../../shared/domain/sum.ts';
import type { ScenarioAnswer } from '../../../shared/domain/whatif/answer.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import type { HeldMonth } from '../../../shared/domain/whatif/start-period.ts';
import { dimensionName } from '../../../shared/format/names.ts';
import { outsideName } from '../../../shared/format/scenario-words.ts';
import { Fold } from '../../ui/fold.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { PickList, type PickOption } from '../../ui/pick-list.tsx';
import type { Edit } from './draft.ts';
import { FilterField } from './filter-field.tsx';
import { periodChoices } from './period-choices.ts';
import classes from './scenario.module.css';
import { useShownAnswer } from './shown-answer.ts';
import { OUTSIDE_REASONS } from './words.ts';

type Props = {
  readonly baseline: Scenario['baseline'];
  readonly horizon: Scenario['horizon'];
  readonly months: readonly HeldMonth[];
  readonly held: Period | null;
  readonly dimensions: readonly PickOption[];
  readonly onEdit: (edit: Edit, touched: string | null) => void;
};

export const BaselineCard = memo(function BaselineCard(props: Props) {
  const { baseline, horizon, months, held, dimensions, onEdit } = props;
  const setBaseline = (part: Partial<Scenario['baseline']>, touched: string | null): void =>
    onEdit({ type: 'set', part: { baseline: { ...baseline, ...part } } }, touched);
  return (
    <section className={classes.card} aria-label="Baseline">
      <Text fw={600} size="sm" mb={4}>
        Baseline
      </Text>
      <PeriodField
        {...{ months, held }}
        period={baseline.period}
        onChange={(period) => setBaseline({ period }, 'period')}
      />
      <FilterField
        label="Filters"
        empty="All usage of the period"
        filters={baseline.where}
        dimensions={dimensions}
        onChange={(where: readonly Filter[]) => setBaseline({ where }, null)}
      />
      <div className={classes.spanFields}>
        <div>
          <Input.Label size="xs" component="span">
            Workloads
          </Input.Label>
          <PickList
            label="Split into workloads by"
            options={[{ value: '', label: 'Not split', hint: null, group: null }, ...dimensions]}
            selected={[baseline.workload ?? '']}
            several={false}
            onPick={(picked) => setBaseline({ workload: picked === '' ? null : picked }, null)}
          >
            {(toggle, opened) => (
              <Button variant="default" size="xs" fullWidth onClick={toggle} aria-expanded={opened}>
                {baseline.workload === null ? 'Not split' : dimensionName(baseline.workload)}
              </Button>
            )}
          </PickList>
        </div>
        <TextInput
          type="month"
          label="Project from"
          value={horizon.startMonth ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onEdit(
              { type: 'set', part: { horizon: { ...horizon, startMonth: value === '' ? null : value } } },
              'horizon.start',
            )
          }
        />
        <NumberInput
          label="Months"
          min={1}
          max={60}
          allowDecimal={false}
          clampBehavior="strict"
          value={horizon.months}
          onChange={(value) => {
            if (typeof value === 'number' && value >= 1) {
              onEdit({ type: 'set', part: { horizon: { ...horizon, months: value } } }, 'horizon.months');
            }
          }}
        />
      </div>
      <BaselineFigures />
    </section>
  );
});

type PeriodProps = {
  readonly months: readonly HeldMonth[];
  readonly held: Period | null;
  readonly period: Period;
  readonly onChange: (period: Period) => void;
};

function PeriodField({ months, held, period, onChange }: PeriodProps) {
  const format = useFormat();
  const choices = periodChoices(months, held, format.month);
  const found = choices.find(({ from, to }) => from === period.from && to === period.to);
  return (
    <Group gap="xs" wrap="nowrap" align="end">
      <Select
        label="Period"
        flex={1}
        allowDeselect={false}
        data={[
          ...choices.map(({ from, to, label }) => ({ value: `${from}..${to}`, label })),
          ...(found === undefined ? [{ value: 'own', label: 'Own days' }] : []),
        ]}
        renderOption={({ option }) => {
          const estimated = choices.some((one) => one.estimated && `${one.from}..${one.to}` === option.value);
          return (
            <span>
              {option.label}
              {estimated && <span className={classes.spread}>not invoiced yet</span>}
            </span>
          );
        }}
        value={found === undefined ? 'own' : `${period.from}..${period.to}`}
        onChange={(value) => {
          const choice = choices.find(({ from, to }) => value === `${from}..${to}`);
          if (choice !== undefined) onChange({ from: choice.from, to: choice.to });
        }}
      />
      <TextInput
        type="date"
        w={116}
        label="First day"
        value={period.from}
        max={period.to}
        onChange={({ currentTarget: { value } }) => {
          if (value !== '' && value <= period.to) onChange({ from: value, to: period.to });
        }}
      />
      <TextInput
        type="date"
        w={116}
        label="Last day"
        value={period.to}
        min={period.from}
        onChange={({ currentTarget: { value } }) => {
          if (value !== '' && value >= period.from) onChange({ from: period.from, to: value });
        }}
      />
    </Group>
  );
}

function BaselineFigures() {
  const format = useFormat();
  const answer = useShownAnswer((shown) => shown);
  if (answer === null) return null;
  const { baseline, currency } = answer;
  const total = baseline.invoiced + baseline.outside;
  return (
    <>
      <dl className={classes.baseline}>
        <div>
          <dt>In the levers’ reach, as billed</dt>
          <dd>{format.money(baseline.invoiced, currency)}</dd>
        </div>
        {baseline.capacity !== 0 && (
          <div>
            <dt>of it capacity, paid by the hour</dt>
            <dd>{format.money(baseline.capacity, currency)}</dd>
          </div>
        )}
        <div>
          <dt>Outside the levers, as billed</dt>
          <dd>{format.money(baseline.outside, currency)}</dd>
        </div>
        <div className={classes.sum}>
          <dt>Selection, {format.count(baseline.daysCovered)} days with data</dt>
          <dd>{format.money(total, currency)}</dd>
        </div>
      </dl>
      {baseline.outsideParts.length > 0 && (
        <Fold summary="What no lever on tokens can remove">
          <Outside parts={baseline.outsideParts} currency={currency} />
        </Fold>
      )}
    </>
  );
}

type OutsideProps = {
  readonly parts: ScenarioAnswer['baseline']['outsideParts'];
  readonly currency: string;
};

/** The floor of the bill, by the reason why it is one. */
function Outside({ parts, currency }: OutsideProps) {
  const format = useFormat();
  return [...Map.groupBy(parts, ({ reason }) => reason)].map(([reason, own]) => (
    <dl key={reason} className={classes.baseline}>
      <div className={classes.reason}>
        <dt>{OUTSIDE_REASONS[reason] ?? reason}</dt>
        <dd>{format.money(sumOf(own.map(({ invoiced }) => invoiced)), currency)}</dd>
      </div>
      {own.map(({ label, invoiced }) => (
        <div key={label}>
          <dt>{outsideName(label)}</dt>
          <dd>{format.money(invoiced, currency)}</dd>
        </div>
      ))}
    </dl>
  ));
}
