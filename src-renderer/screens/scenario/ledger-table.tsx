// The ledger: every lever alone, in order and in its interaction with the others.
import { ActionIcon, Table } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { sumOf } from '../../../shared/domain/sum.ts';
import type { Band, LedgerEntry, ScenarioAnswer } from '../../../shared/domain/whatif/answer.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Money, Tokens, Unknown } from '../../ui/values.tsx';
import { LedgerDetails } from './ledger-details.tsx';
import { hasSpread } from './ledger-view.ts';
import classes from './scenario.module.css';
import { usageBehind } from './usage-behind.ts';

type Props = { readonly answer: ScenarioAnswer; readonly scenario: Scenario };

export function LedgerTable({ answer: { ledger, currency, headlines }, scenario }: Props) {
  const usageOf = (id: string): string =>
    usageBehind(scenario.baseline, scenario.levers.find((lever) => lever.id === id)?.scope);
  const [open, setOpen] = useState<readonly string[]>([]);
  const toggle = (id: string): void =>
    setOpen(open.includes(id) ? open.filter((one) => one !== id) : [...open, id]);
  return (
    <Table className={classes.table} layout="fixed" verticalSpacing={4} horizontalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={28} aria-label="Details" />
          <Table.Th>Lever</Table.Th>
          <Table.Th ta="right" w={104}>
            Alone, {currency}
          </Table.Th>
          <Table.Th ta="right" w={104}>
            In order, {currency}
          </Table.Th>
          <Table.Th ta="right" w={92}>
            Interaction, {currency}
          </Table.Th>
          <Table.Th ta="right" w={88}>
            Tokens moved
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {ledger.map((entry) => {
          const opened = open.includes(entry.leverId);
          return (
            <Fragment key={entry.leverId}>
              <Row {...{ entry, currency, opened }} onToggle={() => toggle(entry.leverId)} />
              {opened && (
                <Table.Tr>
                  <Table.Td />
                  <Table.Td colSpan={5}>
                    <LedgerDetails entry={entry} currency={currency} usage={usageOf(entry.leverId)} />
                  </Table.Td>
                </Table.Tr>
              )}
            </Fragment>
          );
        })}
      </Table.Tbody>
      <Table.Tfoot>
        <Table.Tr>
          <Table.Th />
          <Table.Th>All levers</Table.Th>
          <Table.Td ta="right">
            <Money
              value={sumOf(ledger.map(({ enabled, alone }) => (enabled ? alone.base : 0)))}
              currency={currency}
            />
          </Table.Td>
          <Table.Td ta="right">
            <BandMoney band={headlines.savingAtPrice} currency={currency} />
          </Table.Td>
          <Table.Td ta="right">
            <Money value={sumOf(ledger.map(({ interaction }) => interaction.base))} currency={currency} />
          </Table.Td>
          <Table.Td />
        </Table.Tr>
      </Table.Tfoot>
    </Table>
  );
}

type RowProps = {
  readonly entry: LedgerEntry;
  readonly currency: string;
  readonly opened: boolean;
  readonly onToggle: () => void;
};

function Row({ entry, currency, opened, onToggle }: RowProps) {
  const { label, enabled, alone, inOrder, interaction, moved, guards } = entry;
  const refused = guards.filter((guard) => guard.refused);
  const refusedTokens = sumOf(refused.map(({ tokens }) => tokens));
  return (
    <Table.Tr data-muted={!enabled || undefined}>
      <Table.Td>
        <ActionIcon
          size="xs"
          aria-label={`${opened ? 'Hide' : 'Show'} what ${label} did`}
          aria-expanded={opened}
          onClick={onToggle}
        >
          {opened ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        </ActionIcon>
      </Table.Td>
      <Table.Td>
        {label}
        {!enabled && <span className={classes.mark}>off</span>}
      </Table.Td>
      <Table.Td ta="right">
        <BandMoney band={alone} currency={currency} />
      </Table.Td>
      <Table.Td ta="right">
        {enabled ? (
          <BandMoney band={inOrder} currency={currency} />
        ) : (
          <Unknown why="The lever is switched off." />
        )}
      </Table.Td>
      <Table.Td ta="right">
        {enabled ? (
          <Money value={interaction.base} currency={currency} />
        ) : (
          <Unknown why="The lever is switched off." />
        )}
      </Table.Td>
      <Table.Td ta="right">
        <Tokens value={sumOf(moved.map(({ tokens }) => tokens))} />
        {refused.length > 0 && (
          <span className={classes.spread}>
            {refusedTokens > 0 && <Tokens value={refusedTokens} />} refused
          </span>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function BandMoney({ band, currency }: { readonly band: Band; readonly currency: string }) {
  const format = useFormat();
  return (
    <>
      <Money value={band.base} currency={currency} />
      {hasSpread(band) && (
        <span className={classes.ends}>{format.moneyRange(band.low, band.high, currency)}</span>
      )}
    </>
  );
}
