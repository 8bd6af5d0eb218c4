// The rules as a reader checks them: the question, what it reads, from where on it offers something, what it cannot know.
import { Table } from '@mantine/core';
import { Panel } from '../../ui/panel.tsx';
import classes from './savings.module.css';
import { type Findings, RULE_NAMES } from './savings-state.ts';

export function Rules({ findings: { rules } }: { readonly findings: Findings }) {
  return (
    <Panel title="What is looked for" note="Every rule reads the bill of the chosen days and filters.">
      <Table className={classes.rules} verticalSpacing={6} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Rule</Table.Th>
            <Table.Th>Looks at</Table.Th>
            <Table.Th>Offers when</Table.Th>
            <Table.Th>Why there</Table.Th>
            <Table.Th>Cannot know</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rules.map(({ id, question, looksAt, threshold, reason, cannotKnow }) => (
            <Table.Tr key={id}>
              <Table.Td>
                <strong>{RULE_NAMES[id]}</strong>
                <div className={classes.quiet}>{question}</div>
              </Table.Td>
              <Table.Td>{looksAt}</Table.Td>
              <Table.Td>{threshold}</Table.Td>
              <Table.Td>{reason}</Table.Td>
              <Table.Td>{cannotKnow.join(' ')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}
