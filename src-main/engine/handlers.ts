// Method → function, gathered from one file a room. Each entry is short: it hands over to the room that knows.
import type { EngineEvent } from '../../shared/contract/events.ts';
import type { Method, Output, ParsedInput } from '../../shared/contract/methods.ts';
import type { Pricing } from './catalog/pricing.ts';
import type { Db } from './db/open.ts';
import { catalogHandlers } from './handlers/catalog.ts';
import { catalogVersionHandlers } from './handlers/catalog-versions.ts';
import { exportSpendHandlers } from './handlers/export-spend.ts';
import { importHandlers } from './handlers/import.ts';
import { joinHandlers } from './handlers/join.ts';
import { ledgerHandlers } from './handlers/ledger.ts';
import { leverHandlers } from './handlers/levers.ts';
import { metricsHandlers } from './handlers/metrics.ts';
import { overrideHandlers } from './handlers/overrides.ts';
import { reviewHandlers } from './handlers/review.ts';
import { scenarioHandlers } from './handlers/scenario.ts';
import { spendHandlers } from './handlers/spend.ts';
import { workspaceHandlers } from './handlers/workspace.ts';

/** What a handler may use. */
export type Context = {
  readonly db: Db;
  readonly path: string;
  /** The prices in force; ask anew each time, since they change. */
  readonly pricing: Pricing;
  readonly now: () => Date;
  readonly emit: (event: EngineEvent) => void;
  /** What opening the workspace had to repair, for the user to read once. */
  readonly recovery: readonly string[];
};

export type Handlers = {
  [M in Method]: (input: ParsedInput<M>) => Output<M> | Promise<Output<M>>;
};

export function handlers(context: Context): Partial<Handlers> {
  return {
    ...catalogHandlers(context),
    ...catalogVersionHandlers(context),
    ...importHandlers(context),
    ...joinHandlers(context),
    ...ledgerHandlers(context),
    ...leverHandlers(context),
    ...metricsHandlers(context),
    ...overrideHandlers(context),
    ...reviewHandlers(context),
    ...scenarioHandlers(context),
    ...spendHandlers(context),
    ...exportSpendHandlers(context),
    ...workspaceHandlers(context),
  };
}
