// The answer of a scenario as a page that a person can read, print and argue with.
import type {
  Band,
  CommitmentResult,
  Fact,
  LedgerEntry,
  ScenarioAnswer,
} from '../../../shared/domain/whatif/answer.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { createFormat } from '../../../shared/format/format.ts';
import { valueName } from '../../../shared/format/names.ts';

const format = createFormat();

/** Text of a bill or of a person never becomes markup. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|#]/gu, '\\$&').replaceAll(/\s+/gu, ' ');
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(header),
    line(header.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...rows.map(line),
    '',
  ];
}

const money = (value: number | null, currency: string): string => format.money(value, currency);

/** `$60.00 ($45.00 to $75.00)`; the ends only where they differ. */
function range({ low, base, high }: Band, currency: string): string {
  const ends = low === high ? '' : ` (${money(low, currency)} to ${money(high, currency)})`;
  return `${money(base, currency)}${ends}`;
}

export function scenarioMarkdown(scenario: Scenario, answer: ScenarioAnswer): string {
  const sections = [
    [`# ${plain(answer.name)}`, '', ...(scenario.note === null ? [] : [plain(scenario.note), ''])],
    headlines(answer),
    baseline(answer),
    ledger(answer),
    ...answer.ledger.map((entry) => lever(entry, answer.currency)),
    readings(answer),
    months(answer),
    answer.commitment === null ? [] : commitment(answer.commitment),
    listed('Notes', answer.notes),
    [
      '## Where this comes from',
      '',
      ...table(
        ['', ''],
        answer.provenance.map((fact) => [fact.label, plain(fact.value)]),
      ),
    ],
  ];
  return `${sections.flat().join('\n').trimEnd()}\n`;
}

function headlines({
  headlines: found,
  currency,
  period,
  paybackMonth,
  after,
  commitment,
}: ScenarioAnswer): string[] {
  const cash =
    found.cashThisYear === null ? plain(found.cashReason ?? '') : range(found.cashThisYear, currency);
  return table(
    ['', ''],
    [
      [`**Saving at price**, ${format.period(period)}`, `**${range(found.savingAtPrice, currency)}**`],
      [
        `**Cash saving this commitment year**${commitment === null ? '' : `, from ${format.day(commitment.yearStart)}`}`,
        found.cashThisYear === null ? cash : `**${cash}**`,
      ],
      ['Cost of the tokens after the levers', range(after, currency)],
      [
        'One-off cost paid back',
        paybackMonth === null
          ? 'not within the horizon, or nothing to pay back'
          : `end of month ${paybackMonth}`,
      ],
    ],
  );
}

function baseline({ baseline: found, currency, period }: ScenarioAnswer): string[] {
  return [
    '## Baseline',
    '',
    ...table(
      [`${format.period(period)}, days covered: ${found.daysCovered}`, currency],
      [
        ['Tokens, as invoiced (unblended)', money(found.invoiced, currency)],
        ['Tokens, at the price layer of the scenario', range(found.atPrice, currency)],
        [
          `Without a price there: ${format.tokens(found.unpricedTokens)} tokens (${format.percent(found.unpricedShare)} of cost)`,
          money(found.unpricedInvoiced, currency),
        ],
        ...found.outsideParts.map(({ label, invoiced }) => [
          `Beside the tokens: ${plain(valueName('family', label))}`,
          money(invoiced, currency),
        ]),
      ],
    ),
  ];
}

function ledger(answer: ScenarioAnswer): string[] {
  const rows = answer.ledger.map(({ label, enabled, alone, inOrder, interaction }) => [
    `${plain(label)}${enabled ? '' : ' (switched off)'}`,
    range(alone, answer.currency),
    range(inOrder, answer.currency),
    money(interaction.base, answer.currency),
  ]);
  return ['## Ledger', '', ...table(['Lever', 'Alone', 'In this order', 'Interaction'], rows)];
}

function lever({ label, moved, charges, guards, facts }: LedgerEntry, currency: string): string[] {
  const purchase = (meter: string, mode: string): string =>
    plain(`${valueName('meter', meter)}, ${valueName('mode', mode)}`);
  const movedRows = moved.map((one) => [
    plain([one.model, one.region].filter((part) => part !== null).join(', ')),
    `${purchase(one.fromMeter, one.fromMode)} → ${one.toModel === one.model ? '' : `${plain(one.toModel)}: `}${purchase(one.toMeter, one.toMode)}`,
    one.tokensAfter === one.tokens
      ? format.tokens(one.tokens)
      : `${format.tokens(one.tokens)} → ${format.tokens(one.tokensAfter)}`,
    money(one.costBefore, currency),
    money(one.costAfter, currency),
  ]);
  const guardRows = guards.map((one) => [
    one.refused ? 'Refused' : 'Note',
    plain([one.model, one.region].filter((part) => part !== null).join(', ')),
    plain(one.message),
    format.tokens(one.tokens),
    money(one.cost, currency),
  ]);
  const factRows = facts.map((one) => [
    plain(one.model === null ? one.name : `${one.name}, ${one.model}`),
    factText(one),
    plain(one.note ?? ''),
  ]);
  return [
    `### ${plain(label)}`,
    '',
    ...table(['Moved', 'From → to', 'Tokens', 'Before', 'After'], movedRows),
    ...table(
      ['Beside the tokens', 'Amount', 'Formula'],
      charges.map((one) => [plain(one.label), money(one.amount, currency), plain(one.formula)]),
    ),
    ...table(['Guard', 'Usage', 'Reason', 'Tokens', 'Cost before'], guardRows),
    ...table(['Figure', 'Value', ''], factRows),
  ];
}

function factText({ value, unit }: Fact): string {
  switch (unit) {
    case 'ratio':
      return format.decimal(value, 4);
    case 'token':
      return format.tokens(value);
    default:
      return `${format.decimal(value, 3)}${unit === 'count' ? '' : ` ${unit}`}`;
  }
}

function readings({ readings: found, currency }: ScenarioAnswer): string[] {
  if (found.length < 2) return [];
  const rows = found.map(({ label, before, saving, savingShare }) => [
    plain(label),
    range(before, currency),
    range(saving, currency),
    format.percent(savingShare),
  ]);
  return ['## The same at other prices', '', ...table(['Prices', 'Before', 'Saving', 'Share'], rows)];
}

function months({ monthly, quarters, currency }: ScenarioAnswer): string[] {
  const rows = monthly.map((one) => [
    format.month(one.month),
    ...[one.baseline, one.scenario, one.saving, one.oneOff, one.cumulative].map((value) =>
      money(value, currency),
    ),
  ]);
  const header = ['Month', 'Baseline', 'Scenario', 'Saving', 'One-off', 'Cumulative'];
  return ['## Months', '', ...table(header, rows), ...quartersTable(quarters, currency)];
}

function quartersTable(quarters: ScenarioAnswer['quarters'], currency: string): string[] {
  const rows = quarters.map((one) => [
    `${one.quarter}${one.months === 3 ? '' : ` (${one.months} of 3 months)`}`,
    ...[one.saving, one.oneOff, one.cumulative, one.cash].map((value) => money(value, currency)),
  ]);
  return table(['Fiscal quarter', 'Saving', 'One-off', 'Cumulative', 'Cash'], rows);
}

function commitment(found: CommitmentResult): string[] {
  const { currency } = found;
  const yes = (flag: boolean): string => (flag ? 'yes' : 'no');
  return [
    `## Commitment year from ${format.day(found.yearStart)}`,
    '',
    ...table(
      ['AI spend, gross', 'Retires', 'Discounted', 'In cap', 'Before', 'After'],
      found.aiSpend.map((one) => [
        plain(one.lineClass),
        yes(one.retires),
        yes(one.discounted),
        yes(one.inMarketplaceCap),
        money(one.baseline, currency),
        money(one.scenario, currency),
      ]),
    ),
    ...table(
      ['', 'Before the levers', 'After'],
      (['retired', 'absorbed', 'shortfall', 'cash', 'incrementalCash'] as const).map((name) => [
        CASE_NAMES[name],
        range(found.baseline[name], currency),
        range(found.scenario[name], currency),
      ]),
    ),
    ...table(
      ['Month', 'Saved, net', 'Support', 'Shortfall', 'One-off', 'Cash', 'Cumulative'],
      found.cashMonths.map((one) => [
        format.month(one.month),
        ...[one.saved, one.support, one.shortfall, one.oneOff, one.cash, one.cumulative].map((value) =>
          money(value, currency),
        ),
      ]),
    ),
    ...table(
      ['Step', 'Formula', 'Value'],
      found.formula.map(({ name, expression, value }) => [name, plain(expression), money(value, currency)]),
    ),
    ...(found.againstDirect === null
      ? []
      : [`Against direct purchase: ${money(found.againstDirect, currency)}.`, '']),
    ...listed('Assumptions', found.assumptions),
  ];
}

const CASE_NAMES = {
  retired: 'Retired',
  absorbed: 'Absorbed by AI spend',
  shortfall: 'Shortfall',
  cash: 'Cash of the year',
  incrementalCash: 'Incremental cash of AI',
} as const;

function listed(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`### ${title}`, '', ...items.map((item) => `- ${plain(item)}`), ''];
}
