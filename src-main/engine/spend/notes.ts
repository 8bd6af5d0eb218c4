// What a reader of an answer should know before relying on it: open months, holes of the exports, ranges, units.

import { dimensionOf } from '../../../shared/domain/spend/dimensions.ts';
import type { Components } from '../../../shared/domain/spend/measures.ts';
import type { Basis, Filter, Measure, Scope } from '../../../shared/domain/spend/vocabulary.ts';
import { createFormat } from '../../../shared/format/format.ts';
import type { DeliveryFact } from '../db/deliveries.ts';

/** Everything a note may depend on. */
export type NoteFacts = {
  readonly measures: readonly Measure[];
  readonly basis: Basis;
  readonly scope: Scope;
  readonly groupBy: readonly string[];
  readonly where: readonly Filter[];
  /** Totals over all matching rows; amounts are meaningless when there are several currencies. */
  readonly sums: Components;
  readonly currencies: readonly string[];
  /** Deliveries that the matching rows came with. */
  readonly deliveries: readonly DeliveryFact[];
  /** What of the discounts and credits is spread and what is not; null where they stand as lines. */
  readonly spread:
    | readonly { readonly currency: string; readonly spread: number; readonly left: number }[]
    | null;
  readonly candidatesHeld: boolean;
  /** Whether some matching lines span more than an hour although hours were asked for. */
  readonly withoutHour: boolean;
  /** Asked labels, and the lines that a rule made Bedrock's whose sums have none of them; null where none is asked. */
  readonly claimed: { readonly labels: readonly string[]; readonly lineItems: number } | null;
};

type NoteRule = (facts: NoteFacts) => readonly string[];

/** Amounts in notes keep two decimals: enough to judge their weight. */
const FORMAT = createFormat();
const rounded = (amount: number): string => FORMAT.amount(amount);

const amount = ({ currencies }: NoteFacts, value: number): string =>
  currencies.length === 1 ? `${rounded(value)} ${currencies[0]}` : 'some cost';

const periodsOf = (deliveries: readonly { readonly period: string }[]): string =>
  [...new Set(deliveries.map(({ period }) => period))].join(', ');

/** Bases that an export may leave open, with the sum of what it leaves open. */
const OPEN_BASES = [
  { basis: 'amortized', component: 'amortizedUnstated', name: 'Amortized cost' },
  { basis: 'netAmortized', component: 'netAmortizedUnstated', name: 'Net amortized cost' },
  { basis: 'list', component: 'listUnstated', name: 'List cost' },
] as const;

const asked = (facts: NoteFacts, name: string): boolean =>
  facts.basis === name || facts.measures.some((measure) => measure === name);

/** What the bills are, where somebody said or their lines tell: first of all whether they are invoices. */
export function billNotes(deliveries: readonly DeliveryFact[]): string[] {
  const said = deliveries.flatMap(({ bill, period }) =>
    (bill?.says ?? []).map((sentence) => ({ sentence, period })),
  );
  const bySentence = Map.groupBy(said, ({ sentence }) => sentence);
  return [...bySentence].map(([sentence, found]) => `${periodsOf(found)}: ${sentence}`);
}

const NOTE_RULES: readonly NoteRule[] = [
  ({ deliveries }) => {
    const open = deliveries.filter(({ estimated }) => estimated);
    return open.length === 0 ? [] : [`Estimated, because no invoice id is filled yet: ${periodsOf(open)}.`];
  },
  ({ deliveries }) => billNotes(deliveries),
  (facts) => {
    const inColumns = facts.deliveries.filter(({ invoiceBasis }) => invoiceBasis === 'netUnblended');
    return asked(facts, 'unblended') && inColumns.length > 0
      ? [
          `Discounts are columns of the usage lines in ${periodsOf(inColumns)}: there the invoice is the sum of net unblended cost, not of unblended.`,
        ]
      : [];
  },
  (facts) => {
    const open = facts.deliveries.filter(({ discountCertain }) => !discountCertain);
    const isNet = asked(facts, 'netUnblended') || asked(facts, 'netAmortized');
    return isNet && open.length > 0
      ? [`How discounts are stated is not certain in ${periodsOf(open)}; net cost may count them wrongly.`]
      : [];
  },
  (facts) =>
    OPEN_BASES.filter(
      ({ basis, component }) => asked(facts, basis) && (facts.sums[component] ?? 0) !== 0,
    ).map(
      ({ component, name }) =>
        `${name} is not stated on lines of ${amount(facts, facts.sums[component] ?? 0)} unblended; they are not in its sum.`,
    ),
  (facts) => {
    const { catalogLow: low = null, catalogHigh: high = null } = facts.sums;
    const isRange = low !== null && high !== null && high - low > 1e-9 * Math.abs(high);
    const isAsked = asked(facts, 'catalogList') || asked(facts, 'listVariance');
    return isRange && isAsked
      ? [`Catalog list is a range from ${rounded(low)} to ${rounded(high)} USD; its low end is shown.`]
      : [];
  },
  ({ sums, measures }) => {
    const lines = sums.unknownUnitLines ?? 0;
    const counts = measures.some((measure) => /token|quantity|Rate|batchShare/iu.test(measure));
    return lines > 0 && counts
      ? [`The unit of ${lines} line items could not be read: their cost counts, their quantity does not.`]
      : [];
  },
  (facts) => {
    if (!facts.measures.includes('contractedStated')) return [];
    const { contractedStated = null, contractedUnstated = null } = facts.sums;
    if (contractedStated === null)
      return ['No export here states contracted cost (FOCUS does): it is missing, not zero.'];
    return (contractedUnstated ?? 0) === 0
      ? []
      : [
          `Contracted cost as billed is not stated on lines of ${amount(facts, contractedUnstated ?? 0)} unblended; they are not in its sum.`,
        ];
  },
  (facts) =>
    facts.measures.includes('contracted') && facts.measures.includes('contractedStated')
      ? [
          'Contracted cost at your rates is computed from the contract rates of this workspace; contracted as billed is what the export states. They are never mixed.',
        ]
      : [],
  (facts) => {
    if (!facts.measures.includes('contracted')) return [];
    const { contractLow: low = null, contractHigh: high = null, contractedInvoiced, usageCost } = facts.sums;
    if (low === null || high === null)
      return ['No contract rate is held for these lines: contracted cost is missing, not zero.'];
    const isRange = high - low > 1e-9 * Math.abs(high);
    return [
      `Contract prices are known for usage of ${rounded(contractedInvoiced ?? 0)} of ${rounded(usageCost ?? 0)} USD unblended; the rest is not in contracted cost.`,
      ...(isRange
        ? [`Contracted cost is a range from ${rounded(low)} to ${rounded(high)} USD; its low end is shown.`]
        : []),
    ];
  },
  (facts) => {
    if (facts.spread === null) return [];
    if (facts.spread.every(({ spread, left }) => spread === 0 && left === 0))
      return ['These deliveries hold no discounts or credits as lines: nothing is spread.'];
    return facts.spread
      .filter(({ spread, left }) => spread !== 0 || left !== 0)
      .map(({ currency, spread, left }) => {
        const rest =
          left === 0
            ? 'nothing is left over'
            : `${rounded(left)} ${currency} are not, and stay lines of their own without a model: no usage of their invoice, account and product takes them`;
        return `Discounts and credits of ${rounded(spread)} ${currency} are spread over the usage of their invoice, account and product, in proportion to unblended cost; ${rest}.`;
      });
  },
  ({ withoutHour }) =>
    withoutHour ? ['Lines that span more than an hour, or are held as daily sums, belong to no hour.'] : [],
  ({ scope, groupBy, where, deliveries }) => {
    const summed = deliveries.filter(({ everyLine }) => !everyLine);
    const lost = [...new Set([...groupBy, ...where.map(({ dimension }) => dimension)])].filter(
      (name) => dimensionOf(name)?.inRollup === false,
    );
    if (scope !== 'all' || lost.length === 0 || (summed.length === 0 && deliveries.length > 0)) return [];
    const months = summed.length === deliveries.length ? '' : ` in ${periodsOf(summed)}`;
    return [`Lines of other services are held summed${months} and have no ${lost.join(', ')}.`];
  },
  ({ claimed }) => {
    if (claimed === null || claimed.lineItems === 0) return [];
    const { lineItems, labels } = claimed;
    const lines =
      lineItems === 1 ? '1 line item that a rule' : `${FORMAT.count(lineItems)} line items that rules`;
    const [are, them] =
      lineItems === 1
        ? ['is held as a daily sum and has', 'it']
        : ['are held as daily sums and have', 'them'];
    return [
      `${lines} made Bedrock’s ${are} no ${labels.join(', ')}: import the files again to have ${them} one by one.`,
    ];
  },
  ({ scope, candidatesHeld }) => {
    if (!candidatesHeld) return [];
    return scope === 'bedrock'
      ? ['Lines of AI-adjacent services billed elsewhere are left out; scope estate takes them in.']
      : ['Includes lines of AI-adjacent services that nobody has confirmed as Bedrock-driven.'];
  },
  ({ deliveries }) => {
    const consequences = deliveries.flatMap(({ missing, period }) =>
      missing.map(({ consequence }) => ({ consequence, period })),
    );
    const byText = Map.groupBy(consequences, ({ consequence }) => consequence);
    return [...byText].map(([consequence, found]) => `${periodsOf(found)}: ${consequence}`);
  },
];

/** Most notes one answer carries. */
const NOTE_LIMIT = 40;

export function notesOf(facts: NoteFacts): string[] {
  return NOTE_RULES.flatMap((rule) => rule(facts)).slice(0, NOTE_LIMIT);
}
