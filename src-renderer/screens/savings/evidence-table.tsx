// The figures that a finding rests on, each with where it comes from.
import { Table } from '@mantine/core';
import { cellText } from '../../../shared/format/cell.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Unknown } from '../../ui/values.tsx';
import classes from './savings.module.css';
import type { Evidence } from './savings-state.ts';

export function EvidenceTable({ evidence }: { readonly evidence: Evidence }) {
  const format = useFormat();
  return (
    <Table className={classes.evidence} verticalSpacing={3} horizontalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Evidence</Table.Th>
          <Table.Th ta="right">Figure</Table.Th>
          <Table.Th>From</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {evidence.map(({ label, value, unit, basis, note }) => (
          <Table.Tr key={label}>
            <Table.Td>{label}</Table.Td>
            <Table.Td ta="right" className={classes.figure}>
              {value === null ? <Unknown why={note ?? 'Not known.'} /> : cellText(format, value, unit)}
            </Table.Td>
            <Table.Td className={classes.quiet}>
              {[basis, value === null ? null : note].filter((part) => part !== null).join('; ')}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
