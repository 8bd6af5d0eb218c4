// One lever opened: what it moved, what was refused and why, and the figures behind it.
import { Anchor, Table } from '@mantine/core';
import type { Fact, LedgerRows } from '../../../shared/domain/whatif/answer.ts';
import { UNKNOWN } from '../../../shared/format/format.ts';
import { valueName } from '../../../shared/format/names.ts';
import { factText } from '../../../shared/format/scenario-words.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Money, Tokens } from '../../ui/values.tsx';
import { factTable, type GuardGroup, guardGroups, type MovedGroup, movedGroups } from './ledger-view.ts';
import classes from './scenario.module.css';

type Props = {
  readonly rows: LedgerRows;
  readonly currency: string;
  /** Address of the lines the lever may touch. */
  readonly usage: string;
};

export function LedgerDetails({ rows: { moved, charges, guards, facts }, currency, usage }: Props) {
  return (
    <div className={classes.opened}>
      {moved.length === 0 && charges.length === 0 && <p className={classes.line}>Nothing was moved.</p>}
      {moved.length > 0 && <MovedTable groups={movedGroups(moved)} currency={currency} />}
      {charges.length > 0 && <Charges charges={charges} currency={currency} />}
      {guards.length > 0 && <Guards groups={guardGroups(guards)} currency={currency} />}
      {facts.length > 0 && <Facts facts={facts} currency={currency} />}
      <Anchor href={usage} size="xs">
        The lines this lever may touch
      </Anchor>
    </div>
  );
}

type MovedProps = { readonly groups: readonly MovedGroup[]; readonly currency: string };

function MovedTable({ groups, currency }: MovedProps) {
  const what = (meter: string, mode: string): string =>
    `${valueName('meter', meter)}, ${valueName('mode', mode).toLowerCase()}`;
  return (
    <Table className={classes.inner} layout="auto" verticalSpacing={2} horizontalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Moved from</Table.Th>
          <Table.Th>To</Table.Th>
          <Table.Th ta="right">Tokens</Table.Th>
          <Table.Th ta="right">Become</Table.Th>
          <Table.Th ta="right">Before, {currency}</Table.Th>
          <Table.Th ta="right">After, {currency}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {groups.map((group) => (
          <Table.Tr
            key={[group.fromMeter, group.fromMode, group.toMeter, group.toMode, group.toModel].join(' ')}
          >
            <Table.Td>{what(group.fromMeter, group.fromMode)}</Table.Td>
            <Table.Td>
              {group.toModel !== null && `${group.toModel}: `}
              {what(group.toMeter, group.toMode)}
            </Table.Td>
            <Table.Td ta="right">
              <Tokens value={group.tokens} />
            </Table.Td>
            <Table.Td ta="right">
              <Tokens value={group.tokensAfter} />
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

type ChargeProps = Pick<LedgerRows, 'charges'> & { readonly currency: string };

/** Money beside the tokens: what capacity, a router or storage costs, or what is not paid any more. */
function Charges({ charges, currency }: ChargeProps) {
  return (
    <dl className={classes.facts}>
      {charges.map(({ label, amount, formula }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={classes.number}>
            <Money value={amount} currency={currency} />
          </dd>
          <dd className={classes.factNote}>{formula}</dd>
        </div>
      ))}
    </dl>
  );
}

type GuardProps = { readonly groups: readonly GuardGroup[]; readonly currency: string };

function Guards({ groups, currency }: GuardProps) {
  const format = useFormat();
  return (
    <ul className={classes.guards} aria-label="Refused, and to be known">
      {groups.map((group) => (
        <li key={`${group.refused} ${group.message}`}>
          <span className={group.refused ? classes.refused : classes.warned}>
            {group.refused ? 'Refused' : 'Note'}
          </span>
          <div>
            {group.message}
            <GuardParts group={group} />
          </div>
          <span className={classes.number}>
            {group.tokens > 0 && `${format.tokens(group.tokens)} tokens`}
            {group.tokens > 0 && group.cost !== null && `, ${format.money(group.cost, currency)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

function GuardParts({ group: { parts } }: { readonly group: GuardGroup }) {
  const format = useFormat();
  const places = parts.filter(({ model }) => model !== null);
  if (places.length === 0) return null;
  const line = ({ model, region, tokens }: GuardGroup['parts'][number]): string =>
    [model, region, tokens > 0 ? `${format.tokens(tokens)} tokens` : null]
      .filter((part) => part !== null)
      .join(', ');
  if (places.length === 1) {
    return <span className={classes.spread}>{places.map(line).join()}</span>;
  }
  return (
    <details className={classes.details}>
      <summary>
        {new Set(places.map(({ model }) => model)).size} models, {places.length} parts of the usage
      </summary>
      {places.map((part) => (
        <span
          key={JSON.stringify([part.model, part.region, part.meter, part.tokens])}
          className={classes.spread}
        >
          {line(part)}
        </span>
      ))}
    </details>
  );
}

function Facts({ facts, currency }: { readonly facts: readonly Fact[]; readonly currency: string }) {
  const format = useFormat();
  const { general, names, rows } = factTable(facts);
  return (
    <>
      {general.length > 0 && (
        <dl className={classes.facts}>
          {general.map((fact) => (
            <div key={fact.name}>
              <dt>{sentence(fact.name)}</dt>
              <dd className={classes.number}>{factText(fact, currency, format)}</dd>
              <dd className={classes.factNote}>{fact.note}</dd>
            </div>
          ))}
        </dl>
      )}
      {rows.length > 0 && (
        <Table className={classes.inner} layout="auto" verticalSpacing={2} horizontalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Model</Table.Th>
              {names.map(({ name, note }) => (
                <Table.Th key={name} ta="right">
                  {sentence(name)}
                  {note !== null && <span className={classes.spread}>{note}</span>}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.model}>
                <Table.Td>{row.model}</Table.Td>
                {names.map(({ name, note }, index) => {
                  const fact = row.facts[index] ?? null;
                  return (
                    <Table.Td key={name} ta="right">
                      {fact === null ? UNKNOWN : factText(fact, currency, format)}
                      {fact !== null && note === null && fact.note !== null && (
                        <span className={classes.spread}>{fact.note}</span>
                      )}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </>
  );
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
