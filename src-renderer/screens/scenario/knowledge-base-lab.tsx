// The knowledge-base lab: what the search capacity costs a month by the units kept, and from which price an alternative pays.
import { Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import { knowledgeBaseLab } from '../../../shared/domain/whatif/knowledge-base-lab.ts';
import type { KnowledgeBaseLever } from '../../../shared/domain/whatif/scenario.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { Note } from '../../ui/states.tsx';
import { Count, Money } from '../../ui/values.tsx';
import type { LabProps } from './labs.tsx';
import classes from './scenario.module.css';
import { LEVER_TITLES } from './words.ts';

export function KnowledgeBaseLabPanel({ scenario, baseline, lever, currency }: LabProps<KnowledgeBaseLever>) {
  const format = useFormat();
  const lab = useMemo(() => knowledgeBaseLab(scenario, baseline, lever), [scenario, baseline, lever]);
  const title = `Knowledge-base lab: ${lever.label ?? LEVER_TITLES.knowledge_base}`;
  if (lab === null) {
    return (
      <Panel title={title}>
        <Note tone="caution">The bill of these days shows no search capacity units, or not how many.</Note>
      </Panel>
    );
  }
  return (
    <Panel
      title={title}
      note={`${format.decimal(lab.running, 2)} units ran on average, at ${format.unitPrice(lab.rate, currency)} an hour as invoiced.`}
    >
      <Table className={classes.table} verticalSpacing={2} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="right">Units kept</Table.Th>
            <Table.Th ta="right">A month, {currency}</Table.Th>
            <Table.Th ta="right">Saving after the alternative, {currency}</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lab.rows.map(({ kept, perMonth, saving, belowFloor }) => (
            <Table.Tr key={kept}>
              <Table.Td ta="right">
                <Count value={kept} />
              </Table.Td>
              <Table.Td ta="right">
                <Money value={perMonth} currency={currency} />
              </Table.Td>
              <Table.Td ta="right">
                <Money
                  value={saving}
                  currency={currency}
                  why="What an alternative costs a month is not stated."
                />
              </Table.Td>
              <Table.Td>
                {belowFloor && (
                  <span className={classes.spread}>
                    {kept === 0 ? 'another store has to serve it' : 'no redundancy'}
                  </span>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed">
        An alternative to all of it pays below {format.money(lab.perMonth, currency)} a month. Collections
        under one key share their units.
      </Text>
    </Panel>
  );
}
