// What the scenario answers: headlines, waterfall, ledger, other readings of the price, commitment, months.
import { Table } from '@mantine/core';
import { memo, type ReactNode, useMemo, useState } from 'react';
import { type LedgerOrder, waterfallOf } from '../../../shared/charts/ledger-waterfall.ts';
import type { ChartTheme } from '../../../shared/charts/theme.ts';
import { waterfall } from '../../../shared/charts/waterfall.ts';
import type { LiveAnswer } from '../../../shared/domain/whatif/answer.ts';
import { NO_PRICE_AT_ALL } from '../../../shared/domain/whatif/ledger.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { Chart } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { Note } from '../../ui/states.tsx';
import { Money, Percent, Tokens } from '../../ui/values.tsx';
import { bandEnds } from './band-ends.tsx';
import { ChancePanel } from './chance-panel.tsx';
import { CommitmentView } from './commitment-view.tsx';
import { Headlines } from './headlines.tsx';
import { LedgerTable } from './ledger-table.tsx';
import { MonthsPanel } from './months-panel.tsx';
import classes from './scenario.module.css';
import { useAmountText } from './use-amount-text.ts';

type Props = {
  readonly answer: LiveAnswer;
  readonly scenario: Scenario;
  /** The scenario as it last came to rest. */
  readonly rested: Scenario;
  /** The labs of the levers. */
  readonly labs: ReactNode;
  /** Levers whose rows the ledger shows. */
  readonly openRows: readonly string[];
  readonly onToggleRows: (leverId: string) => void;
};

export function Results({ answer, scenario, rested, labs, openRows, onToggleRows }: Props) {
  const hasLevers = answer.ledger.length > 0;
  const isKnown = answer.headlines.savingAtPrice !== null;
  return (
    <>
      <Headlines answer={answer} scenario={scenario} />
      {answer.notes.length > 0 && (
        <Note>
          {answer.notes.map((note) => (
            <p key={note} className={classes.line}>
              {note}
            </p>
          ))}
        </Note>
      )}
      <div className={classes.grid}>
        {hasLevers && answer.after !== null && <WaterfallPanel answer={answer} />}
        {answer.monthly.length > 0 && ((hasLevers && isKnown) || movesAhead(scenario)) && (
          <MonthsPanel answer={answer} hasLevers={hasLevers && isKnown} />
        )}
        {hasLevers && (
          <Panel
            className={classes.wide}
            title="Ledger"
            note="Savings over the baseline’s period; a minus costs money."
          >
            <LedgerTable answer={answer} scenario={scenario} open={openRows} onToggle={onToggleRows} />
          </Panel>
        )}
        {answer.commitment !== null && (
          <Panel title="Commitment year">
            <CommitmentView result={answer.commitment} />
          </Panel>
        )}
        {labs}
        {hasLevers && isKnown && <ChancePanel scenario={rested} currency={answer.currency} />}
        {answer.readings.length > 1 && (
          <ReadingsPanel readings={answer.readings} currency={answer.currency} />
        )}
      </div>
    </>
  );
}

/** Growth or price changes say something about the months ahead without any lever. */
function movesAhead({ growth, priceChanges }: Scenario): boolean {
  return growth.length + priceChanges.length > 0;
}

function WaterfallPanel({ answer }: { readonly answer: LiveAnswer }) {
  const [order, setOrder] = useState<LedgerOrder>('inOrder');
  const text = useAmountText(answer.currency);
  const spec = useMemo(
    () => (theme: ChartTheme) =>
      waterfall(
        waterfallOf(answer, order, ({ label }) => label),
        `Cost, ${answer.currency}`,
        theme,
        text,
      ),
    [answer, order, text],
  );
  return (
    <Panel
      title="From baseline to after"
      note={
        <span className={classes.besideSwitch}>
          {order === 'inOrder'
            ? 'Each lever after the ones before it. Lines show low to high.'
            : 'Each lever by itself from the baseline; the interaction is what they take from or give to each other.'}
        </span>
      }
    >
      <Chart
        title="From baseline to after"
        describe="Baseline cost, the change by each lever, and the cost after."
        spec={spec}
        height={260}
        actions={<OrderSwitch order={order} onOrder={setOrder} />}
      />
    </Panel>
  );
}

type SwitchProps = { readonly order: LedgerOrder; readonly onOrder: (order: LedgerOrder) => void };

const OrderSwitch = memo(function OrderSwitch({ order, onOrder }: SwitchProps) {
  return (
    <SegmentedControl
      aria-label="Order"
      data={[
        { value: 'inOrder', label: 'In order' },
        { value: 'alone', label: 'Alone' },
      ]}
      value={order}
      onChange={(next) => onOrder(next as LedgerOrder)}
    />
  );
});

type ReadingsProps = Pick<LiveAnswer, 'readings' | 'currency'>;

const ReadingsPanel = memo(function ReadingsPanel({ readings, currency }: ReadingsProps) {
  const format = useFormat();
  return (
    <Panel title="At other prices" note="The same levers read at each price layer.">
      <Table className={classes.table} verticalSpacing={4} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Prices</Table.Th>
            <Table.Th ta="right">Before, {currency}</Table.Th>
            <Table.Th ta="right">Saving, {currency}</Table.Th>
            <Table.Th ta="right">Share</Table.Th>
            <Table.Th ta="right">Tokens without price</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {readings.map((reading) => (
            <Table.Tr key={`${reading.layer} ${reading.discountCarried}`}>
              <Table.Td>
                {reading.label}
                {reading.discountCarried && <span className={classes.mark}>assumed</span>}
              </Table.Td>
              <Table.Td ta="right">
                <Money value={reading.before?.base ?? null} currency={currency} why={NO_PRICE_AT_ALL} />
              </Table.Td>
              <Table.Td ta="right">
                <Money
                  value={reading.saving?.base ?? null}
                  currency={currency}
                  why={reading.savingReason ?? NO_PRICE_AT_ALL}
                />
                {reading.saving !== null && bandEnds(format, reading.saving, currency)}
              </Table.Td>
              <Table.Td ta="right">
                <Percent
                  value={reading.savingShare}
                  why={
                    reading.saving === null
                      ? (reading.savingReason ?? NO_PRICE_AT_ALL)
                      : 'Nothing costs anything at these prices.'
                  }
                />
              </Table.Td>
              <Table.Td ta="right">
                <Tokens value={reading.unpricedTokens} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
});
