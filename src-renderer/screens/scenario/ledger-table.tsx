// The ledger: every lever alone, in order and in its interaction with the others.
import { ActionIcon, Table } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Fragment, memo } from 'react';
import { sumOf } from '../../../shared/domain/sum.ts';
import type { Band, LedgerLine, LiveAnswer } from '../../../shared/domain/whatif/answer.ts';
import { exactly } from '../../../shared/domain/whatif/lever.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import type { Format } from '../../../shared/format/format.ts';
import { FigureCell, FigureRow } from '../../ui/figure-cell.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Skeleton } from '../../ui/states.tsx';
import { Money, moneyFigure, Tokens, Unknown } from '../../ui/values.tsx';
import { bandEnds } from './band-ends.tsx';
import { LedgerDetails } from './ledger-details.tsx';
import classes from './scenario.module.css';
import { usageBehind } from './usage-behind.ts';
import { withoutFigure } from './words.ts';

type Props = {
  readonly answer: LiveAnswer;
  readonly scenario: Scenario;
  /** Levers whose rows are shown. */
  readonly open: readonly string[];
  readonly onToggle: (leverId: string) => void;
};

export function LedgerTable({ answer: { ledger, currency, headlines }, scenario, open, onToggle }: Props) {
  const usageOf = (id: string): string =>
    usageBehind(scenario.baseline, scenario.levers.find((lever) => lever.id === id)?.scope);
  const without = ledger.filter(
    ({ enabled, alone, inOrder }) => enabled && (alone ?? inOrder) === null,
  ).length;
  const format = useFormat();
  const widthOf = (least: number, figureOf: (line: LedgerLine) => Band | null): number => {
    const amounts = ledger.map((line) => figureOf(line)?.base ?? 0);
    const largest = Math.max(...amounts.map(Math.abs), Math.abs(sumOf(amounts)));
    return Math.max(least, format.money(-largest, currency).length * PIXELS_PER_CHARACTER);
  };
  return (
    <Table className={classes.table} layout="fixed" verticalSpacing={4} horizontalSpacing="xs">
      <Head
        currency={currency}
        alone={widthOf(104, ({ alone }) => alone)}
        inOrder={widthOf(104, ({ inOrder }) => inOrder)}
        interaction={widthOf(92, ({ interaction }) => interaction)}
      />
      <Table.Tbody>
        {ledger.map((line) => {
          const { leverId, rows } = line;
          const opened = open.includes(leverId);
          return (
            <Fragment key={leverId}>
              <Row {...{ line, currency, opened, onToggle }} />
              {opened && (
                <Table.Tr>
                  <Table.Td />
                  <Table.Td colSpan={5}>
                    {rows === null ? (
                      <Skeleton height={24} rows={3} />
                    ) : (
                      <LedgerDetails rows={rows} currency={currency} usage={usageOf(leverId)} />
                    )}
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
          <Table.Th>
            All levers
            {without > 0 && <span className={classes.spread}>{withoutFigure(without)}</span>}
          </Table.Th>
          <Table.Td ta="right">
            <Money
              value={allOf(ledger, ({ enabled, alone }) => (enabled ? alone : null))}
              currency={currency}
            />
          </Table.Td>
          <Table.Td ta="right">
            <BandMoney band={headlines.savingAtPrice} why={headlines.savingReason} currency={currency} />
          </Table.Td>
          <Table.Td ta="right">
            <Money value={allOf(ledger, ({ interaction }) => interaction)} currency={currency} />
          </Table.Td>
          <Table.Td />
        </Table.Tr>
      </Table.Tfoot>
    </Table>
  );
}

/** Of an amount in the small type of a table, bold as in its sum, with the space beside it. */
const PIXELS_PER_CHARACTER = 8.25;

type HeadProps = {
  readonly currency: string;
  /** Pixels that the amounts of a column need. The layout is fixed: a figure in motion moves others only by a digit more. */
  readonly alone: number;
  readonly inOrder: number;
  readonly interaction: number;
};

const Head = memo(function Head({ currency, alone, inOrder, interaction }: HeadProps) {
  return (
    <Table.Thead>
      <Table.Tr>
        <Table.Th w={28} aria-label="Details" />
        <Table.Th>Lever</Table.Th>
        <Table.Th ta="right" w={alone}>
          Alone, {currency}
        </Table.Th>
        <Table.Th ta="right" w={inOrder}>
          In order, {currency}
        </Table.Th>
        <Table.Th ta="right" w={interaction}>
          Interaction, {currency}
        </Table.Th>
        <Table.Th ta="right" w={88}>
          Tokens moved
        </Table.Th>
      </Table.Tr>
    </Table.Thead>
  );
});

type RowProps = {
  readonly line: LedgerLine;
  readonly currency: string;
  readonly opened: boolean;
  readonly onToggle: (leverId: string) => void;
};

/** Its cells are drawn anew only where a figure of their own changes: a slider moves few of them. */
function Row({ line, currency, opened, onToggle }: RowProps) {
  const { leverId, label, enabled, alone, inOrder, interaction, movedTokens, refusedTokens } = line;
  const missing = line.missing.join(' ');
  const unknown = (figure: Band | null): string =>
    figure === null ? missing : enabled ? '' : 'The lever is switched off.';
  return (
    <FigureRow muted={!enabled}>
      <NameCells {...{ leverId, label, enabled, opened, onToggle }} />
      <BandCell {...(alone ?? NONE)} unknown={alone === null ? missing : ''} currency={currency} />
      <BandCell {...(inOrder ?? NONE)} unknown={unknown(inOrder)} currency={currency} />
      <BandCell {...exactly(interaction?.base ?? 0)} unknown={unknown(interaction)} currency={currency} />
      <TokensCell moved={movedTokens} refused={refusedTokens} />
    </FigureRow>
  );
}

const NONE = exactly(0);

type NameProps = Pick<LedgerLine, 'leverId' | 'label' | 'enabled'> & Pick<RowProps, 'opened' | 'onToggle'>;

const NameCells = memo(function NameCells({ leverId, label, enabled, opened, onToggle }: NameProps) {
  return (
    <>
      <Table.Td>
        <ActionIcon
          size="xs"
          aria-label={`${opened ? 'Hide' : 'Show'} what ${label} did`}
          aria-expanded={opened}
          onClick={() => onToggle(leverId)}
        >
          {opened ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        </ActionIcon>
      </Table.Td>
      <Table.Td>
        {label}
        {!enabled && <span className={classes.mark}>off</span>}
      </Table.Td>
    </>
  );
});

/** `unknown` says why there is no figure; empty = there is one. */
type BandProps = Band & { readonly unknown: string; readonly currency: string };

const BandCell = memo(function BandCell({ low, base, high, unknown, currency }: BandProps) {
  const format = useFormat();
  return (
    <FigureCell>
      {unknown === '' ? bandFigure(format, { low, base, high }, currency) : <Unknown why={unknown} />}
    </FigureCell>
  );
});

/** `refused` null = nothing was. */
type TokensProps = { readonly moved: number; readonly refused: number | null };

const TokensCell = memo(function TokensCell({ moved, refused }: TokensProps) {
  return (
    <FigureCell>
      <Tokens value={moved} />
      {refused !== null && (
        <span className={classes.spread}>{refused > 0 && <Tokens value={refused} />} refused</span>
      )}
    </FigureCell>
  );
});

type BandMoneyProps = { readonly band: Band | null; readonly why: string | null; readonly currency: string };

function BandMoney({ band, why, currency }: BandMoneyProps) {
  const format = useFormat();
  return band === null ? <Unknown why={why ?? 'Not computed.'} /> : bandFigure(format, band, currency);
}

/** Sum over the levers that have a figure; null where none has, and there are some. */
function allOf(ledger: readonly LedgerLine[], bandOf: (line: LedgerLine) => Band | null): number | null {
  const bands = ledger.map(bandOf).filter((band) => band !== null);
  return bands.length === 0 && ledger.some(({ enabled }) => enabled)
    ? null
    : sumOf(bands.map(({ base }) => base));
}

function bandFigure(format: Format, band: Band, currency: string) {
  return (
    <>
      {moneyFigure(format, band.base, currency)}
      {bandEnds(format, band, currency)}
    </>
  );
}
