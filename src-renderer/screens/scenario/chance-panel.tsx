// On demand: what each lever contributes whatever the order, which assumption matters most, how likely the result is.
import { Button, Group, Table, Text } from '@mantine/core';
import { memo, useMemo, useState } from 'react';
import { histogram } from '../../../shared/charts/histogram.ts';
import type { ChartTheme } from '../../../shared/charts/theme.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { layerWords } from '../../../shared/format/scenario-words.ts';
import { useEngine } from '../../engine.ts';
import { Chart } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { ErrorState, Note, Skeleton } from '../../ui/states.tsx';
import { Money, Percent } from '../../ui/values.tsx';
import classes from './scenario.module.css';
import { type Headline, TornadoView } from './tornado-view.tsx';
import { useAmountText } from './use-amount-text.ts';
import { withoutFigure } from './words.ts';

type Props = { readonly scenario: Scenario; readonly currency: string };

export const ChancePanel = memo(function ChancePanel({ scenario, currency }: Props) {
  const [asked, setAsked] = useState<Scenario | null>(null);
  const current = asked !== null && JSON.stringify(asked) === JSON.stringify(scenario);
  return (
    <Panel
      title="Shares and chances"
      note="Each lever’s share whatever the order, what each assumption moves, and the range as a probability."
      aside={
        <Button size="compact-xs" variant="default" disabled={current} onClick={() => setAsked(scenario)}>
          {asked === null ? 'Compute' : 'Compute again'}
        </Button>
      }
    >
      {asked === null ? (
        <Text size="sm" c="dimmed">
          Not computed yet: every combination of levers, and a thousand draws.
        </Text>
      ) : (
        <>
          {!current && (
            <Text size="xs" c="dimmed">
              The scenario has changed since: these figures belong to the earlier one.
            </Text>
          )}
          <Computed scenario={asked} currency={currency} />
        </>
      )}
    </Panel>
  );
});

/** Figures of another scenario never stand in while these are computed. */
const NOT_THE_LAST = { keepPrevious: false };

function Computed({ scenario, currency }: Props) {
  const shares = useEngine('scenario.shares', { scenario }, NOT_THE_LAST);
  const simulation = useEngine('scenario.simulate', { scenario }, NOT_THE_LAST);
  const sensitivity = useEngine('scenario.sensitivity', { scenario }, NOT_THE_LAST);
  const [chosen, setChosen] = useState<Headline>('savingAtPrice');
  const failed = shares.error ?? simulation.error ?? sensitivity.error;
  if (failed !== null) {
    return (
      <ErrorState
        title="Not computed"
        message={failed.message}
        safe="The scenario itself is kept."
        onRetry={() => {
          void shares.refetch();
          void simulation.refetch();
          void sensitivity.refetch();
        }}
      />
    );
  }
  if (shares.data === undefined || simulation.data === undefined || sensitivity.data === undefined) {
    return <Skeleton height={24} rows={4} />;
  }
  const price = layerWords([scenario.priceLayer]);
  const hasCash = simulation.data.cashThisYear !== null;
  const headline = hasCash ? chosen : 'savingAtPrice';
  return (
    <div className={classes.stack}>
      {shares.data.savingPartial !== null && <Note tone="caution">{shares.data.savingPartial}</Note>}
      <SharesTable shares={shares.data} currency={currency} />
      {shares.data.pairs.length > 0 && <PairsTable pairs={shares.data.pairs} currency={currency} />}
      {hasCash && (
        <SegmentedControl
          style={{ alignSelf: 'flex-start' }}
          aria-label="Headline"
          data={[
            { value: 'savingAtPrice', label: `Saving at ${price}` },
            { value: 'cashThisYear', label: 'Cash this year' },
          ]}
          value={chosen}
          onChange={(next) => setChosen(next as Headline)}
        />
      )}
      <TornadoView found={sensitivity.data} headline={headline} currency={currency} />
      <HistogramView simulation={simulation.data} headline={headline} currency={currency} />
      <ChanceTable simulation={simulation.data} price={price} currency={currency} />
    </div>
  );
}

const NO_FIGURE = 'A lever comes to no figure: the ledger says what it needs.';

type SharesProps = { readonly shares: Output<'scenario.shares'>; readonly currency: string };

function SharesTable({ shares: { method, orders, seed, total, shares }, currency }: SharesProps) {
  const without = shares.filter(({ share }) => share === null).length;
  return (
    <>
      <Table className={classes.table} verticalSpacing={2} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Lever</Table.Th>
            <Table.Th ta="right">Share of the saving, {currency}</Table.Th>
            {method === 'sampled' && <Table.Th ta="right">Standard error, {currency}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shares.map(({ leverId, label, share, error }) => (
            <Table.Tr key={leverId}>
              <Table.Td>{label}</Table.Td>
              <Table.Td ta="right">
                <Money value={share} currency={currency} why={NO_FIGURE} />
              </Table.Td>
              {method === 'sampled' && (
                <Table.Td ta="right">
                  <Money value={error} currency={currency} why={NO_FIGURE} />
                </Table.Td>
              )}
            </Table.Tr>
          ))}
          <Table.Tr className={classes.sum}>
            <Table.Td>
              All together
              {without > 0 && <span className={classes.spread}>{withoutFigure(without)}</span>}
            </Table.Td>
            <Table.Td ta="right">
              <Money value={total} currency={currency} />
            </Table.Td>
            {method === 'sampled' && <Table.Td />}
          </Table.Tr>
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed">
        {method === 'exact'
          ? 'Shapley shares over every combination, each applied in the declared order.'
          : `Shapley shares over ${orders} random orders (seed ${seed}), each applied in the declared order.`}
      </Text>
    </>
  );
}

type PairsProps = { readonly pairs: Output<'scenario.shares'>['pairs']; readonly currency: string };

/** Most pairs that stand in the table before it is unfolded. */
const FIRST_PAIRS = 5;

/** Which two levers act on the same tokens, and what that takes from or gives to their savings. */
function PairsTable({ pairs, currency }: PairsProps) {
  const [all, setAll] = useState(false);
  const shown = all ? pairs : pairs.slice(0, FIRST_PAIRS);
  return (
    <div>
      <h3 className={classes.tableTitle}>Which two levers conflict</h3>
      <Table className={classes.table} verticalSpacing={2} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Two levers</Table.Th>
            <Table.Th />
            <Table.Th ta="right">Together less each alone, {currency}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map(({ first, second, interaction }, index) => (
            <Table.Tr key={PAIR_KEY(first, second, index)}>
              <Table.Td>
                {first} and {second}
              </Table.Td>
              <Table.Td c="dimmed">{pairText(interaction)}</Table.Td>
              <Table.Td ta="right">
                <Money value={interaction} currency={currency} why={NO_FIGURE} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {pairs.length > FIRST_PAIRS && (
        <Button size="compact-xs" variant="subtle" onClick={() => setAll(!all)}>
          {all ? 'Show the strongest' : `Show all ${pairs.length} pairs`}
        </Button>
      )}
      <Text size="xs" c="dimmed">
        Saving of the two, without the other levers, less what each saves alone. Below zero they act on the
        same tokens and take from each other.
      </Text>
    </div>
  );
}

const PAIR_KEY = (first: string, second: string, index: number): string => `${first} ${second} ${index}`;

/** Half a cent: what reads as nothing is nothing. */
const NOTHING = 0.005;

function pairText(interaction: number | null): string {
  if (interaction === null) return 'not known';
  if (Math.abs(interaction) < NOTHING) return 'independent';
  return interaction < 0 ? 'take from each other' : 'help each other';
}

type HistogramProps = ChanceProps & { readonly headline: Headline };

function HistogramView({ simulation, headline, currency }: HistogramProps) {
  const text = useAmountText(currency);
  const found = simulation[headline];
  const spec = useMemo(
    () => (theme: ChartTheme) =>
      histogram(
        found?.histogram ?? [],
        found === null
          ? []
          : [
              { label: 'P10', value: found.p10 },
              { label: 'P50', value: found.p50 },
              { label: 'P90', value: found.p90 },
            ],
        `Saving, ${currency}`,
        theme,
        text,
      ),
    [found, currency, text],
  );
  if (found === null || found.histogram.length < 2) return null;
  return (
    <>
      <h3 className={classes.chartTitle}>How often it comes to how much</h3>
      <Chart
        title="How often it comes to how much"
        describe="Draws of the simulation by their saving, with P10, P50 and P90."
        spec={spec}
        height={180}
      />
    </>
  );
}

type ChanceProps = { readonly simulation: Output<'scenario.simulate'>; readonly currency: string };

function ChanceTable({ simulation, price, currency }: ChanceProps & { readonly price: string }) {
  const format = useFormat();
  const { draws, seed, savingAtPrice, cashThisYear, assumptions } = simulation;
  const rows = [
    { label: `Saving at ${price}, baseline period`, found: savingAtPrice },
    ...(cashThisYear === null ? [] : [{ label: `Cash at ${price}, commitment year`, found: cashThisYear }]),
  ];
  return (
    <>
      <Table className={classes.table} verticalSpacing={2} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{currency}</Table.Th>
            <Table.Th ta="right">P10</Table.Th>
            <Table.Th ta="right">P50</Table.Th>
            <Table.Th ta="right">P90</Table.Th>
            <Table.Th ta="right">Costs money</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ label, found }) => (
            <Table.Tr key={label}>
              <Table.Td>{label}</Table.Td>
              {[found.p10, found.p50, found.p90].map((value, index) => (
                <Table.Td key={['p10', 'p50', 'p90'][index]} ta="right">
                  <Money value={value} currency={currency} />
                </Table.Td>
              ))}
              <Table.Td ta="right">
                <Percent value={found.lossShare} why="" />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group gap={4}>
        <Text size="xs" c="dimmed">
          {format.count(draws)} draws, seed {seed}. {assumptions.join(' ')}
        </Text>
      </Group>
    </>
  );
}
