// How opportunities are ranked and told: by cash where an agreement says what is cash, never added up, nothing dropped.
import { describe, expect, test } from 'vitest';
import { leverFindings } from '../../../../shared/contract/finder.ts';
import type { Period } from '../../../../shared/domain/spend/vocabulary.ts';
import { sumOf } from '../../../../shared/domain/sum.ts';
import { NO_TOTAL } from '../../../../shared/domain/whatif/finder/find.ts';
import { FINDER_RULE_IDS } from '../../../../shared/domain/whatif/finder/finding.ts';
import { quietUse, type UsersTime } from '../../../../shared/domain/whatif/finder/quiet.ts';
import { workloadOf } from '../../../../shared/domain/whatif/finder/workload.ts';
import type { ScenarioCommitment } from '../../../../shared/domain/whatif/scenario.ts';
import { exactly, NOVA, NOVA_PRO, usage } from '../bill.ts';
import { findIn, lookedAt, millions } from './bill.ts';

/** Claude through the Marketplace (above the cap, so it retires nothing) and Nova from AWS (all of it retires). */
const CLAUDE = millions('1', 100, 10, { workload: 'nightly-a' });
const NOVA_JOB = usage('2', {
  tokens: { input: 600, output: 60 },
  vector: { ...NOVA, workload: 'nightly-b' },
  prices: NOVA_PRO,
});

const AGREEMENT: ScenarioCommitment = {
  year: {
    start: '2026-11-01',
    commit: 100_000,
    discount: 0,
    drawdown: 'before_discount',
    shortfallSettled: 'face',
    marketplaceCap: 0,
    support: 0,
  },
  organicAws: { low: 0, base: 0, high: 1 },
  organicMarketplace: exactly(0),
  classes: [],
  directCost: null,
};

const jobs = (answer: ReturnType<typeof findIn>) =>
  answer.opportunities.filter(({ rule }) => rule === 'batch-jobs').map(({ subject }) => subject);

test('without a commitment by the saving, with one by what of it is cash', () => {
  // Nova: 80 % × half of (480 + 192) = 268.80 against Claude's 180.
  const bySaving = findIn({ vectors: [CLAUDE, NOVA_JOB] });
  expect(bySaving.rankedBy).toBe('saving');
  expect(bySaving.cashReason).toContain('No commitment');
  expect(jobs(bySaving)).toEqual(['Nova Pro · nightly-b', 'Claude Sonnet 4.5 · nightly-a']);
  // What Nova saves is due again as shortfall of the year, dollar for dollar; what Claude saves is cash.
  const byCash = findIn({ vectors: [CLAUDE, NOVA_JOB] }, { commitment: AGREEMENT });
  expect(byCash.rankedBy).toBe('cash');
  expect(jobs(byCash)).toEqual(['Claude Sonnet 4.5 · nightly-a', 'Nova Pro · nightly-b']);
  const nova = byCash.opportunities.find(({ subject }) => subject.startsWith('Nova Pro'));
  expect(nova?.savingAtPrice.base).toBeCloseTo(268.8, 8);
  expect(nova?.cashThisYear?.base).toBeCloseTo(0, 6);
});

test('savings overlap: what they come to together is computed, their sum is nowhere', () => {
  const answer = findIn({ vectors: [CLAUDE] });
  const alone = sumOf(answer.opportunities.map(({ savingAtPrice }) => savingAtPrice.base));
  // Batch 180 and caching 49.95 alone. In order, caching finds 20 million left: 18 − 1.8 × 3.75 − 4.2 × 0.30 = 9.99.
  expect(alone).toBeCloseTo(229.95, 6);
  expect(answer.together?.savingAtPrice.base).toBeCloseTo(189.99, 6);
  expect(answer.together?.interaction).toBeCloseTo(189.99 - 229.95, 6);
  expect(answer.together?.scenario.levers.map(({ kind }) => kind)).toEqual(['batch', 'caching']);
  expect(answer.notes).toContain(NO_TOTAL);
  expect(figures(answer)).not.toContainEqual(expect.closeTo(alone, 6));
});

/** Every number of a value, wherever it stands. */
function figures(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(figures) : [];
}

test('what is below the asked amount is named with its amount, not dropped', () => {
  const answer = findIn({ vectors: [CLAUDE] }, { least: 100 });
  expect(answer.opportunities.map(({ rule }) => rule)).toEqual(['batch-jobs']);
  expect(lookedAt(answer, 'cache-unused')).toMatchObject([
    {
      outcome: 'below_threshold',
      because: 'Its saving is below the 100 USD asked for.',
      evidence: [{ value: expect.closeTo(49.95, 6) }],
    },
  ]);
});

test('every rule says something: an opportunity, or why there is none', () => {
  for (const answer of [findIn({ vectors: [CLAUDE, NOVA_JOB] }), findIn({ vectors: [], workload: null })]) {
    const spoken = new Set([...answer.opportunities, ...answer.lookedAt].map(({ rule }) => rule));
    expect([...spoken].toSorted()).toEqual([...FINDER_RULE_IDS].toSorted());
    expect(() => leverFindings.parse(answer)).not.toThrow();
  }
});

test('a bill in euros has no list prices: its rules are undecided, not without a finding', () => {
  const answer = findIn({ vectors: [CLAUDE], currency: 'EUR' });
  expect(answer.opportunities).toEqual([]);
  expect(lookedAt(answer, 'batch-jobs')).toMatchObject([
    { outcome: 'undecided', because: expect.stringContaining('the bill is in EUR') },
  ]);
});

test('every opportunity states its assumptions, its confidence with the reason, and what to check', () => {
  const { opportunities } = findIn({ vectors: [CLAUDE, NOVA_JOB] });
  expect(opportunities.length).toBeGreaterThan(3);
  for (const one of opportunities) {
    expect(one.assumptions.length).toBeGreaterThan(1);
    expect(one.confidenceReason).not.toBe('');
    expect(one.toCheck.length).toBeGreaterThan(0);
    expect(one.evidence.length).toBeGreaterThan(2);
    for (const assumption of one.assumptions) expect(one.scenario.levers[0]?.evidence).toContain(assumption);
  }
});

describe('quiet time', () => {
  const WEEK: Period = { from: '2026-10-05', to: '2026-10-11' };
  const UTC_WEEK: UsersTime = {
    period: WEEK,
    local: { timeZone: 'UTC', offsets: [{ hour: 0, minutes: 0 }] },
  };
  const of = (workload: string, time: string, tokens: number) => ({ model: 'M', workload, time, tokens });
  /** Share of the tokens that is quiet, for one token at each of these times. */
  const quietOf = (users: UsersTime, ...times: string[]): (number | undefined)[] =>
    times.map((time) => quietUse('hour', [of(time, time, 1)], users)[0]?.quietTokens);

  test('is the weekend, and the nights of working days', () => {
    // 5 October 2026 is a Monday, 10 October a Saturday.
    expect(quietOf(UTC_WEEK, '2026-10-10T12:00Z', '2026-10-05T12:00Z')).toEqual([1, 0]);
    expect(
      quietOf(UTC_WEEK, '2026-10-05T19:00Z', '2026-10-05T20:00Z', '2026-10-05T05:00Z', '2026-10-05T06:00Z'),
    ).toEqual([0, 1, 1, 0]);
  });

  test('goes by the clock of the users: 20:00 UTC is the afternoon of California and the early morning of Kolkata', () => {
    const at = (minutes: number): UsersTime => ({
      period: WEEK,
      local: { timeZone: 'stated', offsets: [{ hour: 0, minutes }] },
    });
    const california = at(-7 * 60);
    expect(quietOf(california, '2026-10-05T20:00Z', '2026-10-06T03:00Z', '2026-10-05T12:00Z')).toEqual([
      0, 1, 1,
    ]);
    // Saturday 02:00 UTC is still Friday evening there, Monday 03:00 UTC still Sunday.
    expect(quietOf(california, '2026-10-10T02:00Z', '2026-10-05T03:00Z')).toEqual([0, 1]);
    const kolkata = at(5 * 60 + 30);
    expect(quietOf(kolkata, '2026-10-05T00:00Z', '2026-10-05T01:00Z', '2026-10-05T15:00Z')).toEqual([
      1, 0, 1,
    ]);
  });

  test('of a week two days are quiet, or 48 + 5 × 10 of 168 hours, wherever the users are', () => {
    const rows = [of('a', '2026-10-05T00:00Z', 70), of('a', '2026-10-11T00:00Z', 30)];
    const days = rows.map(({ time, ...rest }) => ({ ...rest, time: time.slice(0, 10) }));
    expect(quietUse('day', days, UTC_WEEK)[0]?.quietTime).toBeCloseTo(2 / 7, 12);
    for (const minutes of [0, 120, -420, 330]) {
      const users = { period: WEEK, local: { timeZone: 'stated', offsets: [{ hour: 0, minutes }] } };
      expect(quietUse('hour', rows, users)[0]?.quietTime).toBeCloseTo(98 / 168, 12);
    }
  });

  test('one workload’s tokens against the days that any usage has; a daily export knows no hour and no zone', () => {
    const rows = [of('a', '2026-10-05', 70), of('a', '2026-10-10', 30), of('b', '2026-10-11', 5)];
    const users = { ...UTC_WEEK, local: { timeZone: 'Europe/Berlin', offsets: [{ hour: 0, minutes: 120 }] } };
    const quiet = { model: 'M', by: 'day', timeZone: 'UTC', quietTime: 2 / 7 };
    expect(quietUse('day', rows, users)).toEqual([
      { ...quiet, workload: 'a', quietTokens: 30, tokens: 100 },
      { ...quiet, workload: 'b', quietTokens: 5, tokens: 5 },
    ]);
  });
});

test('sessions of one role are one workload', () => {
  const arn = (session: string) => `arn:aws:sts::111111111111:assumed-role/nightly-etl/${session}`;
  const [first, second] = [workloadOf('principal', arn('a')), workloadOf('principal', arn('b'))];
  expect(first).toEqual(second);
  expect(first).toEqual({
    label: 'nightly-etl',
    filter: { dimension: 'principal', operator: '~', values: [':assumed-role/nightly-etl/'] },
  });
  expect(workloadOf('tag:app', null)).toEqual({
    label: null,
    filter: { dimension: 'tag:app', operator: '=', values: [null] },
  });
});
