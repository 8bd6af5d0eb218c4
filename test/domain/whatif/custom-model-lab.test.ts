// The lab of a model of one's own, worked by hand on an average month of 100M input at 3 and 10M output at 15: 450.
import { expect, test } from 'vitest';
import { customModelLab } from '../../../shared/domain/whatif/custom-model-lab.ts';
import { againstToday } from '../../../shared/domain/whatif/labs.ts';
import { NEW_LEVERS } from '../../../shared/domain/whatif/new-levers.ts';
import type { CustomModelLever } from '../../../shared/domain/whatif/scenario.ts';
import { bill, exactly, scenario, usage } from './bill.ts';

const MONTH = { daysCovered: 365 / 12 };
const USE = bill([usage('a', { tokens: { input: 100, output: 10 } })], MONTH);

const OWN: CustomModelLever = {
  ...NEW_LEVERS.custom_model,
  id: 'own',
  share: exactly(0.5),
  teacherOutputMillions: 4,
  teacherUsdOutput: 15,
  trainingMillions: 10,
  epochs: 3,
  usdPerMillionTraining: 2,
  oneOffCost: 80,
  storagePerMonth: exactly(5),
  serving: 'on_demand',
  usdPerMillionInput: exactly(0.3),
  usdPerMillionOutput: exactly(1),
  units: 2,
  usdPerUnitHour: exactly(0.25),
};
const labOf = (own: CustomModelLever) => {
  const lab = customModelLab(scenario([own]), USE, own);
  if (lab === null) throw new Error('There is no lab.');
  return lab;
};

test('making it: teacher 4 × 15, training 10 × 3 × 2, and 80 of its own', () => {
  expect(labOf(OWN)).toMatchObject({ teacher: 60, training: 60, other: 80, making: 200, storage: 5 });
});

test('by the token: half of 450 is replaced by 50 × 0.3 + 5 × 1 = 20; 200 a month pays the making back in one', () => {
  const lab = labOf(OWN);
  const [byToken] = lab.rows;
  expect(lab.replaced).toBeCloseTo(225, 9);
  expect(byToken).toMatchObject({ serving: 'on_demand', capacity: 0 });
  expect(byToken!.tokens).toBeCloseTo(20, 9);
  expect(byToken!.saving).toBeCloseTo(225 - 20 - 5, 9);
  expect(byToken!.payback).toBeCloseTo(1, 9);
  // 5 of storage against 410 saved at a share of 1
  expect(byToken!.breakEvenShare).toBeCloseTo(5 / 410, 9);
});

test('on units: 2 × 0.25 × 730 = 365 is charged whatever the share, so it never pays at half', () => {
  const units = labOf(OWN).rows[1]!;
  expect(units.capacity).toBeCloseTo(365, 9);
  expect(units.saving).toBeCloseTo(225 - 365 - 5, 9);
  expect(units.payback).toBeNull();
  // 370 of the 450 that all requests cost
  expect(units.breakEvenShare).toBeCloseTo(370 / 450, 9);
});

test('a way whose price is not stated has no figures, and costs nothing nowhere', () => {
  expect(labOf(OWN).rows[2]).toEqual({
    serving: 'imported',
    tokens: null,
    capacity: null,
    saving: null,
    payback: null,
    breakEvenShare: null,
  });
});

test('what the requests cost today is told by any way that has a price, and is unknown where none has', () => {
  expect(labOf({ ...OWN, serving: 'imported' }).replaced).toBeCloseTo(225, 9);
  const none = exactly(0);
  const unpriced = { ...OWN, usdPerMillionInput: none, usdPerMillionOutput: none, usdPerUnitHour: none };
  expect(labOf(unpriced).replaced).toBeNull();
});

test('without a share there is nothing to look at', () => {
  const none = { ...OWN, share: exactly(0) };
  expect(customModelLab(scenario([none]), USE, none)).toBeNull();
});

test('a tier against today: only models with a price in both, and how many are left out', () => {
  const tiers = { global: null, geo: null, in_region: null, regional: null };
  const rows = [
    { model: 'A', tokens: 1, today: 100, tiers: { ...tiers, global: 90, geo: 110 } },
    { model: 'B', tokens: 1, today: 50, tiers: { ...tiers, geo: 55 } },
    { model: 'C', tokens: 1, today: null, tiers: { ...tiers, geo: 7 } },
  ];
  expect(againstToday(rows, 'geo')).toEqual({ difference: 15, without: 1 });
  expect(againstToday(rows, 'global')).toEqual({ difference: -10, without: 2 });
  expect(againstToday(rows, 'in_region')).toEqual({ difference: null, without: 3 });
});
