// What the coverage screen shows, as data, and how that stands in the address.
import type { Output } from '../../../shared/contract/methods.ts';
import { METER_GROUP_IDS, type MeterGroup } from '../../../shared/domain/pricing/coverage.ts';

export type Coverage = Output<'catalog.coverage'>;
export type CoverageTable = Coverage['groups'][number];
export type CoverageRow = CoverageTable['rows'][number];
export type CoverageCell = CoverageRow['cells'][number];
export type Reading = Coverage['usage']['readings'][number];

export const VIEWS = ['grid', 'strings'] as const;
export type View = (typeof VIEWS)[number];
export const SHOWS = ['all', 'holes', 'billed'] as const;
/** Every row, only rows with a hole, or only rows the open bill uses. */
export type Show = (typeof SHOWS)[number];

export type CoverageState = {
  readonly view: View;
  readonly group: MeterGroup;
  readonly region: string | null;
  readonly show: Show;
  readonly text: string;
  /** Key of the row whose cells are explained. */
  readonly open: string | null;
};

const among = <T extends string>(values: readonly T[], value: string | undefined, fallback: T): T =>
  values.find((candidate) => candidate === value) ?? fallback;

export function readCoverageState(own: Readonly<Record<string, string>>): CoverageState {
  return {
    view: among(VIEWS, own.view, 'grid'),
    group: among(METER_GROUP_IDS, own.meters, 'tokens'),
    region: own.region === undefined || own.region === '' ? null : own.region.slice(0, 64),
    show: among(SHOWS, own.show, 'all'),
    text: (own.q ?? '').slice(0, 256),
    open: own.row ?? null,
  };
}

/** What differs from the initial state, by key; null takes the key out of the address. */
export function writeCoverageState(state: CoverageState): Record<string, string | null> {
  return {
    view: state.view === 'grid' ? null : state.view,
    meters: state.group === 'tokens' ? null : state.group,
    region: state.region,
    show: state.show === 'all' ? null : state.show,
    q: state.text === '' ? null : state.text,
    row: state.open,
  };
}

export function rowKey({ provider, model, variant, term, regionTier, contextBand }: CoverageRow): string {
  return [provider, model, variant, term, regionTier, contextBand].map((part) => part ?? '').join('|');
}

const holds = (text: string, parts: readonly (string | null)[]): boolean => {
  const words = text
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  const subject = parts.join(' ').toLowerCase();
  return words.every((word) => subject.includes(word));
};

export function shownRows(
  table: CoverageTable,
  { show, text }: Pick<CoverageState, 'show' | 'text'>,
): CoverageRow[] {
  return table.rows.filter(({ cells, provider, model, variant }) => {
    const fits =
      show === 'all' ||
      cells.some((cell) => cell !== null && (show === 'holes' ? cell.kind === 'hole' : cell.billedLines > 0));
    return fits && holds(text, [provider, model, variant]);
  });
}

/** Strings without a price first come with `holes`; the bill does not matter for published strings. */
export function shownReadings(
  readings: readonly Reading[],
  { show, text }: Pick<CoverageState, 'show' | 'text'>,
): Reading[] {
  return readings.filter(
    ({ hole, usageType, model, product, meter, variant, region }) =>
      (show !== 'holes' || hole !== null) && holds(text, [usageType, model, product, meter, variant, region]),
  );
}
