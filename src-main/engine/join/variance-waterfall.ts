// The way from list to the invoice, step by step: why priced lines differ, what has no price, what is not usage.
import type { Output } from '../../../shared/contract/methods.ts';

type Answer = Output<'variance.explore'>;

/**
 * List of the priced lines, the differences by reason, the unpriced lines, then everything that is not usage, by
 * charge type. Every total is the one before plus the changes between; USD.
 */
export function waterfallOf(total: Answer['total'], notUsage: Answer['notUsage']): Answer['waterfall'] {
  const differences = total.reasons.flatMap(({ reason, variance }) =>
    reason === 'none' || variance === null || variance === 0
      ? []
      : [{ id: `reason:${reason}`, kind: 'change' as const, amount: variance }],
  );
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
    ...differences,
    ...(total.unpriced.invoiced === 0
      ? []
      : [{ id: 'unpriced', kind: 'change' as const, amount: total.unpriced.invoiced }]),
    { id: 'usage', kind: 'total', amount: usage },
    ...others,
    ...(others.length === 0 ? [] : [{ id: 'invoice', kind: 'total' as const, amount: invoice }]),
  ];
}
