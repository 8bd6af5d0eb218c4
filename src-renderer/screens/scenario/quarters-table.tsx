// Both headlines by fiscal quarter: saving at price as it accrues, and cash where the commitment year says it.
import { Table } from '@mantine/core';
import type { QuarterRow } from '../../../shared/domain/whatif/answer.ts';
import { Money } from '../../ui/values.tsx';
import classes from './scenario.module.css';

type Props = { readonly quarters: readonly QuarterRow[]; readonly currency: string };

export function QuartersTable({ quarters, currency }: Props) {
  return (
    <Table className={classes.table} verticalSpacing={2} horizontalSpacing="sm" mt="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Fiscal quarter</Table.Th>
          <Table.Th ta="right">Saving at price, {currency}</Table.Th>
          <Table.Th ta="right">One-off, {currency}</Table.Th>
          <Table.Th ta="right">Cumulative, {currency}</Table.Th>
          <Table.Th ta="right">Cash, {currency}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {quarters.map(({ quarter, months, saving, oneOff, cumulative, cash }) => (
          <Table.Tr key={quarter}>
            <Table.Td>
              {quarter}
              {months < 3 && <span className={classes.spread}>{months} of 3 months</span>}
            </Table.Td>
            <Table.Td ta="right">
              <Money value={saving} currency={currency} />
            </Table.Td>
            <Table.Td ta="right">
              <Money value={oneOff} currency={currency} />
            </Table.Td>
            <Table.Td ta="right">
              <Money value={cumulative} currency={currency} />
            </Table.Td>
            <Table.Td ta="right">
              <Money
                value={cash}
                currency={currency}
                why="Not every month of the quarter lies in a commitment year that is stated."
              />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
