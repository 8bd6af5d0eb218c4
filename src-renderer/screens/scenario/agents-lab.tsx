// The agents lab: what runs of each length send, how much of it is sent again, and why the mean claims too little.
import { Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import { agentsLab } from '../../../shared/domain/whatif/agents-lab.ts';
import type { AgentsLever } from '../../../shared/domain/whatif/scenario.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { Count, Percent, Tokens } from '../../ui/values.tsx';
import type { LabProps } from './labs.tsx';
import classes from './scenario.module.css';
import { LEVER_TITLES } from './words.ts';

export function AgentsLabPanel({ lever }: LabProps<AgentsLever>) {
  const format = useFormat();
  const lab = useMemo(() => agentsLab(lever), [lever]);
  return (
    <Panel
      title={`Agents lab: ${lever.label ?? LEVER_TITLES.agents}`}
      note="Input tokens of a run: calls × system prompt + what each call adds, carried along by all later ones."
    >
      {lab === null ? (
        <Text size="sm" c="dimmed">
          State the calls of runs, the system prompt and what a call adds: the bill knows none of them.
        </Text>
      ) : (
        <>
          <Table className={classes.table} verticalSpacing={2} horizontalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th ta="right">Calls a run</Table.Th>
                <Table.Th ta="right">Of the runs</Table.Th>
                <Table.Th ta="right">Input today</Table.Th>
                <Table.Th ta="right">Of all input</Table.Th>
                <Table.Th ta="right">Input afterwards</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {lab.rows.map((row) => (
                <Table.Tr key={row.calls}>
                  <Table.Td ta="right">
                    <Count value={row.calls} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Percent value={row.share} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Tokens value={row.inputToday} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Percent value={row.inputShare} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Tokens value={row.inputAfter} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
            <Table.Tfoot>
              <Table.Tr>
                <Table.Th ta="right">Expected</Table.Th>
                <Table.Td />
                <Table.Td ta="right">
                  <Tokens value={lab.today} />
                </Table.Td>
                <Table.Td />
                <Table.Td ta="right">
                  <Tokens value={lab.after} />
                </Table.Td>
              </Table.Tr>
            </Table.Tfoot>
          </Table>
          <Text size="xs" c="dimmed">
            A run of {format.decimal(lab.meanCalls, 1)} calls, the mean, sends{' '}
            {format.tokens(lab.atMeanCalls)} tokens: reckoning with it would miss{' '}
            {format.percent(1 - lab.atMeanCalls / lab.today)} of the input. {format.percent(lab.sentAgain)} of
            the input was sent before in the same run, which caching could read instead.
          </Text>
        </>
      )}
    </Panel>
  );
}
