// Metrics beside the bill: taken in, listed, forgotten.
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Method } from '../../../shared/contract/methods.ts';
import { dropMetrics } from '../db/metrics.ts';
import type { Context, Handlers } from '../handlers.ts';
import { importMetrics } from '../metrics/import-metrics.ts';
import { listMetrics } from '../metrics/series.ts';

type Methods = Extract<Method, `metrics.${string}`>;

export function metricsHandlers({ db, now, emit }: Context): Pick<Handlers, Methods> {
  return {
    'metrics.import': async ({ sources }) => {
      const report = await importMetrics(db, sources[0] ?? '', now());
      if (report.id !== null) emit({ type: 'data.changed' });
      return report;
    },
    'metrics.list': () => listMetrics(db),
    'metrics.remove': ({ id }) => {
      if (!dropMetrics(db, id)) throw new AssayError('not_found', `There are no counts ${id}.`, { id });
      emit({ type: 'data.changed' });
      return {};
    },
  };
}
