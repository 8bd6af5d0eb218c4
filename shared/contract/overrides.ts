// Contract rates: read a rate card, see what it would change, keep it as a new version, go back to any version.
import { z } from 'zod';
import { CONTRACT_UNKNOWN_REASONS } from '../domain/pricing/contract-price.ts';
import { RATE_CARD_COLUMNS } from '../domain/pricing/rate-card.ts';
import { count, fileReference, text } from './schemas.ts';

/** Most rates a workspace holds: a card of more is better told in rates that name less. */
export const RATES_LIMIT = 2000;

const cell = z.string().max(1000);

/** One rate as texts. A part is `*` (every one), `none` (lines without it) or what it names; dates are inclusive. */
export const rateCardRow = z.record(z.enum(RATE_CARD_COLUMNS), cell);

const rates = z.array(rateCardRow).max(RATES_LIMIT);

/** A rate as an answer about one price shows it. */
export const contractRate = z.object({ number: count, row: rateCardRow });

/** A price under the contract; `none` = no rate is for it, so that its contract price is not known. USD for `per` units. */
export const contractOfPrice = z.object({
  status: z.enum(['none', 'contracted', 'unknown']),
  usdLow: z.number().nullable(),
  usdHigh: z.number().nullable(),
  unknownReason: z.enum(CONTRACT_UNKNOWN_REASONS).nullable(),
  chosen: z.array(contractRate).max(50),
  passedOver: z.array(z.object({ rate: contractRate, why: text })).max(50),
});

const overrideVersion = z.object({
  id: count,
  inUse: z.boolean(),
  madeAt: z.string(),
  what: text,
  rates: count,
});

export const overridesAnswer = z.object({
  schemaVersion: z.literal(1),
  /** The version in use; null = no rates. */
  version: count.nullable(),
  rates,
  /** Newest first. */
  versions: z.array(overrideVersion).max(10_000),
});

/** What is wrong with a row: nothing is taken while there is one. `line` is that of the file, null without a file. */
export const rateFault = z.object({
  number: count,
  line: count.nullable(),
  column: z.enum(RATE_CARD_COLUMNS).nullable(),
  value: text,
  problem: text,
});

/** Usage in USD that is held, with and without a contract price; amounts null where no line has one. */
const contractedUsage = z.object({ lines: count, invoiced: z.number(), contracted: z.number().nullable() });

export const ratesReport = z.object({
  schemaVersion: z.literal(1),
  rates: count,
  faults: z.array(rateFault).max(500),
  /** Rates against those in use, by everything they say but their place. */
  changes: z.object({ added: count, removed: count, kept: count }),
  /** null while there are faults. */
  effect: z
    .object({
      lines: count,
      invoiced: z.number(),
      before: contractedUsage,
      after: contractedUsage,
      /** Biggest change of the contracted amount first. */
      models: z
        .array(
          z.object({
            model: text.nullable(),
            listed: z.number().nullable(),
            before: contractedUsage,
            after: contractedUsage,
          }),
        )
        .max(200),
    })
    .nullable(),
});

const draft = z.object({ rates });

/** The methods of this page, spread into the table of all methods. */
export const overrideMethods = {
  'overrides.list': { input: z.object({}), output: overridesAnswer },
  /** What rates would change, were they kept. */
  'overrides.preview': { input: draft, output: ratesReport },
  /** Reads a rate card; with `add` its rates stand after those in use, else in their place. Nothing is kept. */
  'overrides.read': {
    input: z.object({ sources: z.array(fileReference).length(1), add: z.boolean().default(false) }),
    output: z.object({ file: text, rates, report: ratesReport }),
  },
  /** Keeps rates as a new version; refused as a whole while one of them has a fault. */
  'overrides.save': { input: draft.extend({ what: z.string().min(1).max(500) }), output: ratesReport },
  'overrides.use': { input: z.object({ version: count.nullable() }), output: overridesAnswer },
  'export.overrides': {
    input: z.object({ target: fileReference }),
    output: z.object({ rows: count, bytes: count }),
  },
} as const;
