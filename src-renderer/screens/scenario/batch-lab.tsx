// The batch lab: model by model what could wait, what all of it would save, what may not move, and when it runs.
import { Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import { sumOf } from '../../../shared/domain/sum.ts';
import { batchLab } from '../../../shared/domain/whatif/batch-lab.ts';
import type { BatchLever } from '../../../shared/domain/whatif/scenario.ts';
import { Panel } from '../../ui/panel.tsx';
import { Money, Percent, Tokens } from '../../ui/values.tsx';
import { BatchWhen } from './batch-when.tsx';
import type { LabProps } from './labs.tsx';
import classes from './scenario.module.css';
import { LEVER_TITLES } from './words.ts';

export function BatchLabPanel({ scenario, baseline, lever, currency }: LabProps<BatchLever>) {
  const { rows } = useMemo(() => batchLab(scenario, baseline, lever), [scenario, baseline, lever]);
  const known = rows.map(({ saving }) => saving).filter((saving) => saving !== null);
  const unknown = rows.length - known.length;
  return (
    <Panel
      className={classes.wide}
      title={`Batch lab: ${lever.label ?? LEVER_TITLES.batch}`}
      note="As if every request in scope could wait: the most there is to gain. Cached input loses its discount in batch."
    >
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          No usage of the baseline is in the lever’s scope.
        </Text>
      ) : (
        <Table className={classes.table} verticalSpacing={2} horizontalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Model</Table.Th>
              <Table.Th ta="right">Cost, {currency}</Table.Th>
              <Table.Th ta="right">All in batch saves, {currency}</Table.Th>
              <Table.Th ta="right">Could move</Table.Th>
              <Table.Th ta="right">Cached input</Table.Th>
              <Table.Th ta="right">Waiting unknown</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={`${row.model} ${row.region}`}>
                <Table.Td>
                  {row.model}
                  {row.region !== null && <span className={classes.spread}>{row.region}</span>}
                  {row.refusals.map((refusal) => (
                    <span key={refusal} className={classes.spread}>
                      Refused: {refusal}
                    </span>
                  ))}
                </Table.Td>
                <Table.Td ta="right">
                  <Money value={row.cost} currency={currency} why="No price today." />
                </Table.Td>
                <Table.Td ta="right">
                  <Money
                    value={row.saving}
                    currency={currency}
                    why="A price is missing, so what moving it would save is not known."
                  />
                </Table.Td>
                <Table.Td ta="right">
                  <Tokens value={row.movable} />
                </Table.Td>
                <Table.Td ta="right">
                  <Percent value={row.cacheReadShare} why="No input." />
                </Table.Td>
                <Table.Td ta="right">
                  <Percent value={row.streamingUnknown} why="No tokens." />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th>
                All
                {unknown > 0 && <span className={classes.spread}>without {unknown} that lack a price</span>}
              </Table.Th>
              <Table.Td />
              <Table.Td ta="right">
                <Money
                  value={known.length === 0 ? null : sumOf(known)}
                  currency={currency}
                  why="No model has the prices that it takes."
                />
              </Table.Td>
              <Table.Td colSpan={3} />
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      )}
      {rows.length > 0 && <BatchWhen baseline={scenario.baseline} scope={lever.scope} currency={currency} />}
    </Panel>
  );
}
