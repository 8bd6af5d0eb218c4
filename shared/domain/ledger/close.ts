// Closing a month: what has to be settled first, and how later changes of a closed month become adjustments.

export const CLOSE_STEPS = ['import', 'tie_out', 'review', 'publish'] as const;
export type CloseStep = (typeof CLOSE_STEPS)[number];

/** A share of a bill: what one key (an account, a team) stands for in one currency. */
export type Share = {
  readonly lineClass: 'bedrock' | 'other';
  readonly key: string | null;
  readonly currency: string;
  /** On the basis that adds up to the invoice. */
  readonly amount: number;
  readonly lineItems: number;
};

const identity = ({ lineClass, key, currency }: Share): string => JSON.stringify([lineClass, key, currency]);

/**
 * What has to be added to what was issued for a closed month so that it is what is held now. `issued` has one share a
 * key, with earlier adjustments added in. Shares that did not change are left out; a key that is gone gets its amount
 * back. Equal means |Δ| ≤ 1e-9 × (|issued| + |held|).
 */
export function adjustmentsOf(issued: readonly Share[], held: readonly Share[]): Share[] {
  const before = new Map(issued.map((share) => [identity(share), share]));
  const now = new Map(held.map((share) => [identity(share), share]));
  return [...new Set([...before.keys(), ...now.keys()])].toSorted().flatMap((key) => {
    const was = before.get(key);
    const is = now.get(key);
    const share = is ?? was;
    if (share === undefined) return [];
    const amount = (is?.amount ?? 0) - (was?.amount ?? 0);
    const volume = Math.abs(is?.amount ?? 0) + Math.abs(was?.amount ?? 0);
    if (Math.abs(amount) <= 1e-9 * volume) return [];
    return [{ ...share, amount, lineItems: (is?.lineItems ?? 0) - (was?.lineItems ?? 0) }];
  });
}

export type StepState = {
  readonly step: CloseStep;
  readonly done: boolean;
  readonly says: readonly string[];
};

/** Whether everything before publishing is settled. */
export function isReady(steps: readonly StepState[]): boolean {
  return steps.every(({ step, done }) => step === 'publish' || done);
}
