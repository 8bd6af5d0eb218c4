// What the catalog covers, and what the bills pay against it.
import type { Context, Handlers } from '../handlers.ts';
import { answerCalibration } from '../join/calibration.ts';
import { answerComparison, answerTokenCost } from '../join/compare.ts';
import { answerCoverage } from '../join/coverage.ts';
import { exploreVariance } from '../join/variance.ts';

type JoinMethod =
  | 'catalog.calibrate'
  | 'catalog.coverage'
  | 'catalog.compare'
  | 'catalog.cost'
  | 'variance.explore';

export function joinHandlers({ db, now, pricing }: Context): Pick<Handlers, JoinMethod> {
  const today = (): string => now().toISOString().slice(0, 10);
  return {
    'catalog.coverage': (input) => answerCoverage(db, pricing.catalog(), input, today()),
    'catalog.calibrate': () => answerCalibration(pricing.catalog(), today()),
    'catalog.compare': (input) => answerComparison(pricing.catalog(), input, today()),
    'catalog.cost': (input) => answerTokenCost(pricing.catalog(), input, today()),
    'variance.explore': (input) => exploreVariance(db, pricing.catalog(), input),
  };
}
