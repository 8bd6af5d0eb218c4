// The ledger: every lever alone and in order, what it moved, what was refused and why, and the figures behind it.
import { ActionIcon, Table } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { sumOf } from '../../../shared/domain/sum.ts';
import type { Band, Fact, Guard, LedgerEntry, ScenarioAnswer } from '../../../shared/domain/whatif/answer.ts';
import type { Format } from '../../../shared/format/format.ts';
import { valueName } from '../../../shared/format/names.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Money, Tokens, Unknown } from '../../ui/values.tsx';
import { hasSpread, type MovedGroup, movedGroups } from './ledger-view.ts';
import classes from './scenario.module.css';

type Props = { readonly answer: ScenarioAnswer };

export function LedgerTable({ answer: { ledger, currency, headlines } }: Props) {
  const [open, setOpen] = useState<readonly string[]>([]);
  const toggle = (id: string): void =>
    setOpen(open.includes(id) ? open.filter((one) => one !== id) : [...open, id]);
  return (
    <Table className={classes.table} verticalSpacing={4} horizontalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={28} aria-label="Details" />
          <Table.Th>Lever</Table.Th>
          <Table.Th ta="right">Alone, {currency}</Table.Th>
          <Table.Th ta="right">In order, {currency}</Table.Th>
          <Table.Th ta="right">Interaction, {currency}</Table.Th>
          <Table.Th ta="right">Tokens moved</Table.Th>
          <Table.Th ta="right">Refused</Table.Th>
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
                  <Table.Td colSpan={6}>
                    <Details entry={entry} currency={currency} />
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
      </Table.Td>
      <Table.Td ta="right">
        <Tokens value={sumOf(refused.map(({ tokens }) => tokens))} />
      </Table.Td>
    </Table.Tr>
  );
}

function Details({ entry, currency }: { readonly entry: LedgerEntry; readonly currency: string }) {
  const { moved, guards, facts } = entry;
  return (
    <div className={classes.stack}>
      {moved.length === 0 && <p className={classes.line}>Nothing was moved.</p>}
      {moved.length > 0 && <MovedTable groups={movedGroups(moved)} currency={currency} />}
      {guards.length > 0 && <Guards guards={guards} currency={currency} />}
      {facts.length > 0 && <Facts facts={facts} currency={currency} />}
    </div>
  );
}

function MovedTable({
  groups,
  currency,
}: {
  readonly groups: readonly MovedGroup[];
  readonly currency: string;
}) {
  const what = (meter: string, mode: string): string =>
    `${valueName('meter', meter)}, ${valueName('mode', mode).toLowerCase()}`;
  return (
    <Table className={classes.inner} verticalSpacing={2} horizontalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Moved from</Table.Th>
          <Table.Th>To</Table.Th>
          <Table.Th ta="right">Tokens</Table.Th>
          <Table.Th ta="right">Before, {currency}</Table.Th>
          <Table.Th ta="right">After, {currency}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {groups.map((group) => (
          <Table.Tr key={`${group.fromMeter} ${group.fromMode} ${group.toMeter} ${group.toMode}`}>
            <Table.Td>{what(group.fromMeter, group.fromMode)}</Table.Td>
            <Table.Td>{what(group.toMeter, group.toMode)}</Table.Td>
            <Table.Td ta="right">
              <Tokens value={group.tokens} />
            </Table.Td>
            <Table.Td ta="right">
              <Money value={group.costBefore} currency={currency} />
            </Table.Td>
            <Table.Td ta="right">
              <Money value={group.costAfter} currency={currency} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Guards({ guards, currency }: { readonly guards: readonly Guard[]; readonly currency: string }) {
  const format = useFormat();
  return (
    <ul className={classes.guards} aria-label="Refused and warned">
      {guards.map((guard) => (
        <li key={JSON.stringify([guard.code, guard.model, guard.region, guard.meter, guard.message])}>
          <span className={guard.refused ? classes.refused : classes.warned}>
            {guard.refused ? 'Refused' : 'Note'}
          </span>
          <span>{guard.message}</span>
          <span className={classes.number}>
            {guard.tokens > 0 && `${format.tokens(guard.tokens)} tokens`}
            {guard.cost !== null && guard.cost > 0 && `, ${format.money(guard.cost, currency)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Facts({ facts, currency }: { readonly facts: readonly Fact[]; readonly currency: string }) {
  const format = useFormat();
  return (
    <dl className={classes.facts}>
      {facts.map((fact) => (
        <div key={`${fact.name} ${fact.model ?? ''}`}>
          <dt>
            {fact.name}
            {fact.model !== null && <span className={classes.spread}>{fact.model}</span>}
          </dt>
          <dd className={classes.number}>{factText(fact, currency, format)}</dd>
          <dd className={classes.factNote}>{fact.note}</dd>
        </div>
      ))}
    </dl>
  );
}

function factText({ value, unit }: Fact, currency: string, format: Format): string {
  if (value === null) return '—';
  if (unit === 'ratio') return format.percent(value);
  if (unit === currency) return format.money(value, currency);
  return `${format.quantity(value)} ${unit}`;
}

function BandMoney({ band, currency }: { readonly band: Band; readonly currency: string }) {
  const format = useFormat();
  return (
    <>
      <Money value={band.base} currency={currency} />
      {hasSpread(band) && (
        <span className={classes.spread}>
          {format.moneyShort(band.low, currency)} to {format.moneyShort(band.high, currency)}
        </span>
      )}
    </>
  );
}
