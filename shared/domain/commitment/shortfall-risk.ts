// Expected shortfall when the year's retired spend is uncertain.

/** How the spend that retires commitment is spread. Amounts in the agreement's currency. */
export type SpendDistribution =
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number };

/**
 * E[max(0, commit − X)]. Uniform: the triangle under the commitment. Normal: σ(zΦ(z) + φ(z)) with z = (c − μ) ÷ σ,
 * the first partial moment of the normal distribution.
 */
export function expectedShortfall(commit: number, spend: SpendDistribution): number {
  switch (spend.kind) {
    case 'uniform': {
      const { low, high } = spend;
      if (high === low || commit >= high) return Math.max(0, commit - (low + high) / 2);
      return commit <= low ? 0 : (commit - low) ** 2 / (2 * (high - low));
    }
    case 'normal': {
      const { mean, deviation } = spend;
      if (deviation === 0) return Math.max(0, commit - mean);
      const z = (commit - mean) / deviation;
      return deviation * (z * normalCumulative(z) + normalDensity(z));
    }
  }
}

function normalDensity(z: number): number {
  return Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** Φ(z) to about 1e-14: Taylor series near the middle, continued fraction (Laplace) in the tails. */
function normalCumulative(z: number): number {
  const x = Math.abs(z);
  if (x > 38) return z > 0 ? 1 : 0;
  const upper = x < 3 ? 0.5 - seriesFromMiddle(x) : tailFraction(x);
  return z > 0 ? 1 - upper : upper;
}

function seriesFromMiddle(x: number): number {
  let term = x;
  let total = x;
  for (let n = 1; n < 200 && Math.abs(term) > 1e-17 * total; n += 1) {
    term *= (x * x) / (2 * n + 1);
    total += term;
  }
  return normalDensity(x) * total;
}

function tailFraction(x: number): number {
  let fraction = 0;
  for (let k = 200; k >= 1; k -= 1) fraction = k / (x + fraction);
  return normalDensity(x) / (x + fraction);
}
