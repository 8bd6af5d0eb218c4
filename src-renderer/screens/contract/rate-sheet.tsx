// The contract rates as a sheet: one row a rate, its parts, its discount or price, its days.
import { useMemo } from 'react';
import { RATE_CARD_COLUMNS, type RateCardColumn } from '../../../shared/domain/pricing/rate-card.ts';
import { KNOWN_MODELS } from '../../../shared/domain/usage/models.ts';
import { REGION_PREFIXES } from '../../../shared/domain/usage/region-prefixes.ts';
import { CONTEXT_BANDS, METER_NAMES, MODES, TERMS } from '../../../shared/domain/usage/vocabulary.ts';
import { useEngine } from '../../engine.ts';
import { Sheet, type SheetColumn } from '../../ui/sheet.tsx';
import { addAfter, clear, type Draft, edit, type Fault, faultIndex, paste, remove } from './draft.ts';

type Look = Omit<SheetColumn, 'id' | 'suggestions'>;

const LOOKS: Readonly<Record<RateCardColumn, Look>> = {
  account: { header: 'Account', width: 104, hint: 'Usage account, 12 digits; * is every one' },
  provider: { header: 'Provider', width: 76, grow: 1 },
  model: {
    header: 'Model',
    width: 116,
    grow: 2,
    hint: 'By any of its names; * is every one, none is features without a model',
  },
  meter: {
    header: 'Meter',
    width: 80,
    grow: 1,
    hint: 'What is counted; a price needs one, a discount may be for *',
  },
  variant: { header: 'Variant', width: 88 },
  mode: { header: 'Mode', width: 88, grow: 1 },
  term: { header: 'Term', width: 72 },
  region: { header: 'Region', width: 84 },
  tier: { header: 'Tier', width: 72, hint: 'global or regional' },
  context: { header: 'Context', width: 76 },
  discount_percent: {
    header: '% off',
    width: 52,
    isNumber: true,
    hint: 'Percent off the catalog price of the day',
  },
  price_usd: { header: 'USD', width: 64, isNumber: true, hint: 'A price of its own, for the unit beside it' },
  unit: { header: 'per', width: 84, hint: 'What the price is for, such as 1M tokens' },
  from: { header: 'First day', width: 92, hint: 'Inclusive; empty = open' },
  to: { header: 'Last day', width: 92, hint: 'Inclusive; empty = open' },
  note: { header: 'Note', width: 68, grow: 2, hint: 'The clause, for whoever asks' },
};

const OPEN = ['*'];
const SUGGESTED: Partial<Record<RateCardColumn, readonly string[]>> = {
  provider: [...OPEN, ...new Set(KNOWN_MODELS.map(({ provider }) => provider))],
  model: [...OPEN, 'none', ...KNOWN_MODELS.map(({ model }) => model)],
  meter: [...OPEN, ...METER_NAMES],
  mode: [...OPEN, ...MODES.filter((mode) => mode !== 'unknown')],
  term: [...OPEN, ...TERMS],
  region: [...OPEN, ...new Set(Object.values(REGION_PREFIXES))],
  tier: [...OPEN, 'global', 'regional'],
  context: [...OPEN, ...CONTEXT_BANDS],
  unit: ['1M tokens', '1K tokens', 'hour', 'image', '1K TPM Hour'],
};

type Props = {
  readonly draft: Draft;
  readonly shown: readonly RateCardColumn[];
  readonly faults: readonly Fault[];
  /** The first rate was just added. */
  readonly isNew: boolean;
  readonly onChange: (draft: Draft) => void;
};

export function RateSheet({ draft, shown, faults, isNew, onChange }: Props) {
  const { data } = useEngine('spend.values', { dimension: 'account', limit: 500 });
  const index = useMemo(() => faultIndex(faults), [faults]);
  const columns = useMemo(() => {
    const accounts = [...OPEN, ...(data?.values ?? []).flatMap(({ value }) => value ?? [])];
    return RATE_CARD_COLUMNS.filter((column) => shown.includes(column)).map((id): SheetColumn => {
      const suggestions = id === 'account' ? accounts : SUGGESTED[id];
      return { id, ...LOOKS[id], ...(suggestions === undefined ? {} : { suggestions }) };
    });
  }, [shown, data]);
  return (
    <Sheet
      label="Contract rates"
      takesFocus={isNew}
      columns={columns}
      rows={draft.rows}
      faultOf={(row, column) => index.get(`${row} ${column ?? ''}`) ?? null}
      onEdit={(row, column, text) => onChange(edit(draft, row, column, text))}
      onClear={(row, column) => onChange(clear(draft, row, column))}
      onPaste={(row, column, block) => onChange(paste(draft, row, column, block, shown))}
      onAdd={(after) => onChange(addAfter(draft, after))}
      onRemove={(row) => onChange(remove(draft, row))}
    />
  );
}
