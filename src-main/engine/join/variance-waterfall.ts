// The way from list to the invoice, step by step: why priced lines differ, what has no price, what is not usage.
import type { Output } from '../../../shared/contract/methods.ts';

type Answer = Output<'variance.explore'>;

/** What a bill's ten decimals lose of an amount that a contract price explains, as a share of list. */
const DUST = 1e-6;

/**
 * List of the priced lines, what contract prices take off where they are known, the differences that are left by reason, the unpriced lines, then everything that is not usage, by
 * charge type. Every total is the one before plus the changes between; USD.
 */
export function waterfallOf(total: Answer['total'], notUsage: Answer['notUsage']): Answer['waterfall'] {
  const { contract } = total;
  const expected =
    contract.listedLines === 0
      ? []
      : [
          { id: 'contract', kind: 'change' as const, amount: contract.expected },
          { id: 'contracted', kind: 'total' as const, amount: total.list + contract.expected },
        ];
  const differences = total.reasons.flatMap(({ reason, list, variance, expected: known }) => {
    if (reason === 'none' || list === null || variance === null) return [];
    const rest = variance - known;
    if (rest === 0 || (known !== 0 && Math.abs(rest) <= DUST * Math.abs(list))) return [];
    return [{ id: `reason:${reason}`, kind: 'change' as const, amount: rest }];
  });
  const usage = total.invoiced + total.unpriced.invoiced;
  const others = notUsage
    .filter(({ invoiced }) => invoiced !== 0)
    .map(({ chargeType, invoiced }) => ({
      id: `charge:${chargeType ?? ''}`,
      kind: 'change' as const,
      amount: invoiced,
    }));
  const invoice = others.reduce((level, { amount }) => level + amount, usage);
  return [
    { id: 'list', kind: 'total', amount: total.list },
    ...expected,
    ...differences,
    ...(total.unpriced.invoiced === 0
      ? []
      : [{ id: 'unpriced', kind: 'change' as const, amount: total.unpriced.invoiced }]),
    { id: 'usage', kind: 'total', amount: usage },
    ...others,
    ...(others.length === 0 ? [] : [{ id: 'invoice', kind: 'total' as const, amount: invoice }]),
  ];
}
