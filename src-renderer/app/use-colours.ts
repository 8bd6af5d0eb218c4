// The colour of every value of a dimension, from all that is held: filters and periods never change it.
import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { colourOf, colourSlots } from '../../shared/charts/colour.ts';
import { CHART_THEMES } from '../../shared/charts/theme.ts';
import { useEngine } from '../engine.ts';

export function useColours(dimension: string): (value: string | null) => string {
  const theme = CHART_THEMES[useComputedColorScheme('light')];
  const { data } = useEngine('spend.values', { dimension, limit: 200 }, { keepPrevious: false });
  return useMemo(() => {
    const slots = colourSlots(
      dimension,
      (data?.values ?? []).flatMap(({ value }) => value ?? []),
    );
    return (value) => colourOf(value, slots, theme);
  }, [dimension, data, theme]);
}
