// A model of one's own looked at closely: what it costs once and a month in each way of serving it, and when it pays.
import { Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import { type CustomModelLab, customModelLab } from '../../../shared/domain/whatif/custom-model-lab.ts';
import type { CustomModelLever } from '../../../shared/domain/whatif/scenario.ts';
import type { Format } from '../../../shared/format/format.ts';
import { paybackText } from '../../../shared/format/scenario-words.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { Note } from '../../ui/states.tsx';
import { Money, Percent, Unknown } from '../../ui/values.tsx';
import type { LabProps } from './labs.tsx';
import { SERVING_CHOICES } from './lever-form.ts';
import classes from './scenario.module.css';
import { LEVER_TITLES } from './words.ts';

const NOT_STATED = 'Its price is not stated in the lever, or what it replaces has none.';
const NOT_TAKEN = 'No request is taken over: its price is not stated, or the requests have none today.';

export function CustomModelLabPanel({ scenario, baseline, lever, currency }: LabProps<CustomModelLever>) {
  const format = useFormat();
  const lab = useMemo(() => customModelLab(scenario, baseline, lever), [scenario, baseline, lever]);
  const title = `Own-model lab: ${lever.label ?? LEVER_TITLES.custom_model}`;
  if (lab === null) {
    return (
      <Panel title={title}>
        <Text size="sm" c="dimmed">
          State the share of requests that the model serves.
        </Text>
      </Panel>
    );
  }
  return (
    <Panel
      className={classes.wide}
      title={title}
      note={`${lab.replaced === null ? 'What its requests cost today is not told while none is taken over.' : `Its requests cost ${format.money(lab.replaced, currency)} an average month today.`} ${makingText(lab, currency, format)}`}
    >
      <ServingTable lab={lab} chosen={lever.serving} currency={currency} months={scenario.horizon.months} />
      {lab.refusals.length > 0 && (
        <Note>
          {lab.refusals.map((message) => (
            <p key={message} className={classes.line}>
              Part of the usage is not taken over. {message}
            </p>
          ))}
        </Note>
      )}
      <Text size="xs" c="dimmed">
        A month is serving and storage; saving = today’s cost − a month. Capacity is charged in full while it
        idles. Paid back after making ÷ saving; pays from share × (capacity + storage) ÷ (today’s cost −
        serving by tokens).
      </Text>
    </Panel>
  );
}

function makingText(
  { making, teacher, training, other }: CustomModelLab,
  currency: string,
  format: Format,
): string {
  if (making === 0) return 'No cost of making it is stated, so nothing has to be paid back.';
  const parts = [
    [teacher, 'teacher'],
    [training, 'training'],
    [other, 'other'],
  ] as const;
  const told = parts
    .filter(([amount]) => amount > 0)
    .map(([amount, name]) => `${name} ${format.money(amount, currency)}`);
  return `Making it costs ${format.money(making, currency)} once: ${told.join(', ')}.`;
}

type TableProps = {
  readonly lab: CustomModelLab;
  readonly chosen: CustomModelLever['serving'];
  readonly currency: string;
  /** Months over which everything is added up: those of the scenario. */
  readonly months: number;
};

function ServingTable({ lab: { rows, storage, making, replaced }, chosen, currency, months }: TableProps) {
  const format = useFormat();
  const nameOf = (serving: string): string =>
    SERVING_CHOICES.find(({ value }) => value === serving)?.label ?? serving;
  return (
    <Table className={classes.table} verticalSpacing={2} horizontalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Served</Table.Th>
          <Table.Th ta="right">A month, {currency}</Table.Th>
          <Table.Th ta="right">Saving a month, {currency}</Table.Th>
          <Table.Th ta="right">Pays from</Table.Th>
          <Table.Th ta="right">Paid back after</Table.Th>
          <Table.Th ta="right">
            {months} months in all, {currency}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ serving, tokens, capacity, saving, payback, breakEvenShare }) => {
          const running = tokens === null || capacity === null ? null : tokens + capacity + storage;
          return (
            <Table.Tr key={serving}>
              <Table.Td>
                {nameOf(serving)}
                {serving === chosen && <span className={classes.mark}>chosen</span>}
              </Table.Td>
              <Table.Td ta="right">
                <Money value={running} currency={currency} why={NOT_STATED} />
              </Table.Td>
              <Table.Td ta="right">
                <Money value={saving} currency={currency} why={NOT_STATED} />
              </Table.Td>
              <Table.Td ta="right">
                <Percent
                  value={breakEvenShare}
                  why={running === null ? NOT_STATED : 'A token costs no less than today.'}
                />
              </Table.Td>
              <Table.Td ta="right">
                {paybackText(saving, payback, format) ?? <Unknown why={NOT_STATED} />}
              </Table.Td>
              <Table.Td ta="right">
                <Money
                  value={running === null ? null : making + running * months}
                  currency={currency}
                  why={NOT_STATED}
                />
              </Table.Td>
            </Table.Tr>
          );
        })}
        <Table.Tr>
          <Table.Td>Today’s models</Table.Td>
          <Table.Td ta="right">
            <Money value={replaced} currency={currency} why={NOT_TAKEN} />
          </Table.Td>
          <Table.Td colSpan={3} />
          <Table.Td ta="right">
            <Money value={replaced === null ? null : replaced * months} currency={currency} why={NOT_TAKEN} />
          </Table.Td>
        </Table.Tr>
      </Table.Tbody>
    </Table>
  );
}
