// What a staged delivery would replace, and by how much the total would change: nothing held goes without this question.

import { Box, Button, Group, Table } from '@mantine/core';
import type { Output } from '../../../shared/contract/methods.ts';
import { payerText } from '../../../shared/domain/ledger/payer.ts';
import { changesDetailsOnly, DETAILS_ONLY, isChange } from '../../../shared/domain/ledger/replacement.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { Note } from '../../ui/states.tsx';
import { Change, Money } from '../../ui/values.tsx';
import { type DifferenceRow, differencesOf } from './differences.ts';
import classes from './import.module.css';
import { RejectedNote } from './rejected-note.tsx';

type Report = Output<'import.stage'>;
type Replacement = Report['replaces'][number];

type Props = {
  readonly report: Report;
  readonly label: string;
  readonly onReplace: () => void;
  readonly onKeep: () => void;
};

const REPLACE = { title: 'would replace what is held', take: 'Replace', leave: 'Keep what I have' };
/** Replaces nothing, and yet nobody was there to go on: the window was loaded anew while the file was read. */
const TAKE_OVER = { title: 'was read and waits', take: 'Take it over', leave: 'Discard it' };

export function DecisionPanel({ report, label, onReplace, onKeep }: Props) {
  const replaced = report.replaces.filter(isChange);
  const foreign = replaced.some(({ sameReport }) => !sameReport);
  const { title, take, leave } = replaced.length === 0 ? TAKE_OVER : REPLACE;
  return (
    <Panel
      title={`${label} ${title}`}
      note="It is read and staged. Nothing held has changed yet."
      aside={
        <Group gap="sm">
          <Button variant="default" onClick={onKeep}>
            {leave}
          </Button>
          <Button onClick={onReplace}>{take}</Button>
        </Group>
      }
    >
      <RejectedNote rejected={report.rows.rejected} isHeld={false} />
      {report.warnings.length > 0 && (
        <Note>
          {report.warnings.map((warning) => (
            <p key={warning} className={classes.noteLine}>
              {warning}
            </p>
          ))}
        </Note>
      )}
      {foreign && (
        <Note tone="caution">
          At least one delivery comes from another report or format than the one held for the same payer and
          period. Both would count the same usage, so only one of them can be held.
        </Note>
      )}
      {replaced.map((replacement) => (
        <ReplacementView
          key={`${replacement.held.batchId} ${replacement.held.period} ${replacement.held.payer} ${replacement.held.report} ${replacement.held.currency}`}
          replacement={replacement}
        />
      ))}
    </Panel>
  );
}

function ReplacementView({ replacement }: { readonly replacement: Replacement }) {
  const format = useFormat();
  const { held, incoming, byService, byDay } = replacement;
  const { currency } = incoming;
  const services = differencesOf(byService.map(({ service, ...amounts }) => ({ name: service, ...amounts })));
  const days = differencesOf(byDay.map(({ day, ...amounts }) => ({ name: format.day(day), ...amounts })));
  return (
    <section className={classes.replacement}>
      <Table className={classes.delivery} withRowBorders={false} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              {format.month(held.period)}, payer {payerText(held.payer)}
            </Table.Th>
            <Table.Th>Report</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th className={classes.right}>Rows</Table.Th>
            <Table.Th className={classes.right}>Unblended, {currency}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Table.Tr>
            <Table.Td>Held since {format.dateTime(held.importedAt)}</Table.Td>
            <Table.Td>
              {held.report}, {held.kind}
            </Table.Td>
            <Table.Td>{held.estimated ? 'estimated' : 'invoiced'}</Table.Td>
            <Table.Td className={classes.right}>{format.count(held.rows)}</Table.Td>
            <Table.Td className={classes.right}>
              <Money value={held.unblended} currency={held.currency} />
            </Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Td>New</Table.Td>
            <Table.Td>
              {incoming.report}, {incoming.kind}
            </Table.Td>
            <Table.Td>{incoming.estimated ? 'estimated' : 'invoiced'}</Table.Td>
            <Table.Td className={classes.right}>{format.count(incoming.rows)}</Table.Td>
            <Table.Td className={classes.right}>
              <Money value={incoming.unblended} currency={incoming.currency} />
            </Table.Td>
          </Table.Tr>
          <Table.Tr className={classes.sum}>
            <Table.Td colSpan={3}>Change of the total</Table.Td>
            <Table.Td className={classes.right}>{signed(incoming.rows - held.rows, format.count)}</Table.Td>
            <Table.Td className={classes.right}>
              <Change now={incoming.unblended} before={held.unblended} currency={currency} />
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
      {changesDetailsOnly(replacement) ? (
        <Note>{DETAILS_ONLY}</Note>
      ) : (
        <div className={classes.differences}>
          <DifferenceTable title="By service" rows={services} />
          <DifferenceTable title="By day" rows={days} />
        </div>
      )}
    </section>
  );
}

function signed(value: number, text: (value: number) => string): string {
  return value > 0 ? `+${text(value)}` : text(value);
}

function DifferenceTable({
  title,
  rows,
}: {
  readonly title: string;
  readonly rows: readonly DifferenceRow[];
}) {
  const format = useFormat();
  return (
    // Focusable, because it scrolls: its lower rows must be reachable without a mouse.
    <Box
      component="section"
      className={classes.difference}
      aria-label={`Differences ${title.toLowerCase()}`}
      tabIndex={0}
    >
      <h3 className={classes.smallTitle}>{title}</h3>
      {rows.length === 0 ? (
        <p className={classes.hint}>No difference</p>
      ) : (
        <Table verticalSpacing={3} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{title === 'By day' ? 'Day' : 'Service'}</Table.Th>
              <Table.Th className={classes.right}>Held</Table.Th>
              <Table.Th className={classes.right}>New</Table.Th>
              <Table.Th className={classes.right}>Difference</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ name, held, incoming, difference }) => (
              <Table.Tr key={name}>
                <Table.Td title={name}>{name}</Table.Td>
                <Table.Td className={classes.right}>{format.amount(held)}</Table.Td>
                <Table.Td className={classes.right}>{format.amount(incoming)}</Table.Td>
                <Table.Td className={classes.right}>{signed(difference, format.amount)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Box>
  );
}
