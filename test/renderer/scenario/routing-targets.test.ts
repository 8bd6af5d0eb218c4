// The mix of the models that requests are routed to.
import { expect, test } from 'vitest';
import type { RoutingTarget } from '../../../shared/domain/whatif/scenario.ts';
import { mixedTo, withTarget } from '../../../src-renderer/screens/scenario/routing-targets.tsx';

const mix = (...weights: number[]): RoutingTarget[] =>
  weights.map((weight, index) => ({
    model: `Model ${index}`,
    weight,
    region: null,
    regionTier: null,
    inputFactor: 1,
    outputFactor: 1,
    quality: null,
  }));
const weightsOf = (targets: readonly RoutingTarget[]) => targets.map(({ weight }) => weight);

test('a target takes its share, the others keep the mix they have among themselves', () => {
  expect(weightsOf(mixedTo(mix(2, 1, 1), 0, 0.2))).toEqual([20, 40, 40]);
  expect(weightsOf(mixedTo(mix(50, 30, 20), 2, 0.6))).toEqual([25, 15, 60]);
});

test('what one target gives up goes to the others in equal parts where they had nothing', () => {
  expect(weightsOf(mixedTo(mix(100, 0, 0), 0, 0.5))).toEqual([50, 25, 25]);
});

test('a new target comes in with the average share', () => {
  expect(weightsOf(withTarget([], 'Nova Pro'))).toEqual([1]);
  expect(weightsOf(withTarget(mix(60, 20, 40), 'Nova Pro'))).toEqual([60, 20, 40, 40]);
});
