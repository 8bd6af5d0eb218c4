// What the calibration screen shows, as data, and how that stands in the address.
import type { Output } from '../../../shared/contract/methods.ts';
import {
  DOCUMENT_IDS,
  type DocumentId,
  VERDICTS,
  type Verdict,
} from '../../../shared/domain/calibration/example.ts';

export type Calibration = Output<'catalog.calibrate'>;
export type CalibrationRow = Calibration['rows'][number];

export type CalibrationState = {
  readonly document: DocumentId | null;
  readonly verdict: Verdict | null;
  readonly text: string;
  /** Id of the example whose detail is open. */
  readonly open: string | null;
};

export function readCalibrationState(own: Readonly<Record<string, string>>): CalibrationState {
  return {
    document: DOCUMENT_IDS.find((id) => id === own.source) ?? null,
    verdict: VERDICTS.find((verdict) => verdict === own.verdict) ?? null,
    text: (own.q ?? '').slice(0, 256),
    open: own.example ?? null,
  };
}

/** What differs from the initial state, by key; null takes the key out of the address. */
export function writeCalibrationState(state: CalibrationState): Record<string, string | null> {
  return {
    source: state.document,
    verdict: state.verdict,
    q: state.text === '' ? null : state.text,
    example: state.open,
  };
}

export function shownExamples(
  rows: readonly CalibrationRow[],
  { document, verdict, text }: CalibrationState,
): CalibrationRow[] {
  const words = text
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  return rows.filter(
    (row) =>
      (document === null || row.document === document) &&
      (verdict === null || row.verdict === verdict) &&
      words.every((word) =>
        [row.says, row.note, row.inputs, row.title].join(' ').toLowerCase().includes(word),
      ),
  );
}
