// Answers the calibration as the contract words it.
import type { Output } from '../../../shared/contract/methods.ts';
import { type Calibrated, calibrate, EXAMPLES } from '../../../shared/domain/calibration/calibrate.ts';
import { DOCUMENTS, EXAMPLE_KINDS, VERDICTS } from '../../../shared/domain/calibration/example.ts';
import type { Catalog } from '../../../shared/domain/pricing/catalog.ts';

type Answer = Output<'catalog.calibrate'>;

export function answerCalibration(catalog: Catalog, today: string): Answer {
  const rows = calibrate(catalog, EXAMPLES, today).map(worded);
  const counted = <T extends string>(values: readonly T[], of: (row: Answer['rows'][number]) => string) =>
    values.map((value) => ({ value, count: rows.filter((row) => of(row) === value).length }));
  return {
    schemaVersion: 1,
    catalogVersion: catalog.version,
    kinds: counted(EXAMPLE_KINDS, ({ kind }) => kind).map(({ value, count }) => ({ kind: value, count })),
    verdicts: counted(VERDICTS, ({ verdict }) => verdict).map(({ value, count }) => ({
      verdict: value,
      count,
    })),
    rows,
  };
}

const REGION_NOT_STATED = ' (region not stated: the lowest published)';

function worded({ example, day, withoutRegion, ours, agrees }: Calibrated): Answer['rows'][number] {
  const { id, document, kind, says, unit, published, inputs, verdict, note } = example;
  const { title, date } = DOCUMENTS[document];
  return {
    id,
    document,
    title,
    documentDate: date,
    kind,
    says,
    unit,
    published:
      published.kind === 'figures' ? { ...published, values: [...published.values] } : { ...published },
    inputs: withoutRegion ? `${inputs}${REGION_NOT_STATED}` : inputs,
    day,
    ours: ours === null ? null : [...ours],
    verdict,
    holds:
      agrees === null || (agrees === (verdict === 'agrees') && ours?.every((own) => own !== null) === true),
    note,
  };
}
