// The values held for a dimension, largest cost first, as the filter editor offers them.
import { useDebouncedValue } from '@mantine/hooks';
import { useEngine } from '../engine.ts';
import type { HeldValue, UseValues } from '../ui/filter-editor.tsx';
import { useFormat } from '../ui/format-context.ts';

const MOST = 50;

export const useHeldValues: UseValues = (dimension, search) => {
  const format = useFormat();
  const sought = search.trim();
  const [asked] = useDebouncedValue(sought, 150);
  const { data, isFetching, error } = useEngine(
    'spend.values',
    { dimension: dimension ?? 'model', search: asked, limit: MOST },
    { enabled: dimension !== null },
  );
  const values = (data?.values ?? []).map(
    ({ value, unblended }): HeldValue => ({ value, hint: format.amount(unblended) }),
  );
  return { values, loading: isFetching || asked !== sought, failure: error?.message ?? null };
};
