// Random numbers that a seed repeats, so that a simulated figure can be defended.

/** The next number, 0 ≤ x < 1. */
export type Random = () => number;

/** Mulberry32: 32 bits of state, enough for the thousands of draws of a simulation. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** 0 … count − 1 in a random order, each as likely. */
export function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}

/** A triangular draw: low and high are the ends, base the peak. */
export function triangular(
  { low, base, high }: { readonly low: number; readonly base: number; readonly high: number },
  random: Random,
): number {
  const at = random();
  const width = high - low;
  if (width === 0) return base;
  const peak = (base - low) / width;
  return at < peak
    ? low + Math.sqrt(at * width * (base - low))
    : high - Math.sqrt((1 - at) * width * (high - base));
}
