// Puts a new list of rules into force over everything held, without a new import: verdicts first, then prices and sums.
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { AssayError } from '../../../shared/contract/errors.ts';
import {
  decide,
  decidingRule,
  type Verdict,
  type WorkspaceRule,
} from '../../../shared/domain/usage/workspace-rules.ts';
import type { Db } from '../db/open.ts';
import {
  importIsRunning,
  type JudgedSeries,
  judgedSeries,
  type SeriesChange,
  writeVerdicts,
} from '../db/series-rules.ts';

/** Series judged between two pauses. */
const SERIES_A_PAGE = 5000;

/** What the bundled rules say of a series, whoever decided it. */
export function bundledOf({ decision, held }: JudgedSeries): Verdict {
  return decision?.bundled ?? held;
}

/** What changes about a series under these rules; null where nothing does. */
export function changeOf(series: JudgedSeries, rules: readonly WorkspaceRule[]): SeriesChange | null {
  const bundled = bundledOf(series);
  const rule = decidingRule(rules, series);
  const verdict = rule === null ? bundled : decide(bundled, series, rule);
  const reclassified = !isDeepStrictEqual(verdict, series.held);
  if (!reclassified && (series.decision?.rule ?? null) === (rule?.number ?? null)) return null;
  return {
    id: series.id,
    verdict,
    reclassified,
    decision: rule === null ? null : { rule: rule.number, bundled },
  };
}

/** Every held series, a page at a time with pauses between them. */
export async function* allSeries(db: Db): AsyncGenerator<JudgedSeries[]> {
  for (let last = 0; ; ) {
    const page = judgedSeries(db, last, SERIES_A_PAGE);
    if (page.length === 0) return;
    yield page;
    last = page.at(-1)?.id ?? last;
    await setImmediate();
  }
}

/**
 * Judges every series under the new rules and keeps the result together with them (`store`), in one transaction: a
 * reader sees the rules and the classification of before, or of after. Prices and sums follow in `bringUpToDate`. Returns the
 * number of re-classified series. Throws `import_running` while an import reads by the old rules.
 */
export async function reclassify(
  db: Db,
  rules: readonly WorkspaceRule[],
  store: () => void,
): Promise<number> {
  refuseWhileImporting(db);
  const changes: SeriesChange[] = [];
  for await (const page of allSeries(db)) {
    for (const series of page) {
      const change = changeOf(series, rules);
      if (change !== null) changes.push(change);
    }
  }
  refuseWhileImporting(db);
  db.transaction(() => {
    store();
    writeVerdicts(db, changes);
  })();
  return changes.filter(({ reclassified }) => reclassified).length;
}

function refuseWhileImporting(db: Db): void {
  if (!importIsRunning(db)) return;
  throw new AssayError(
    'import_running',
    'An import is running and reads by the rules as they are. Wait for it, or cancel it, then change the rules.',
  );
}
