// The colours of a chart's values: each its own from all that is held, and never two alike in one chart.
import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { type ColourOf, chartColours, colourSlots } from '../../shared/charts/colour.ts';
import { CHART_THEMES } from '../../shared/charts/theme.ts';
import { useEngine } from '../engine.ts';

/** Call the answer with the values that one chart shows. */
export function useColours(dimension: string): (shown: readonly (string | null)[]) => ColourOf {
  const theme = CHART_THEMES[useComputedColorScheme('light')];
  const { data } = useEngine('spend.values', { dimension, limit: 200 }, { keepPrevious: false });
  return useMemo(() => {
    const slots = colourSlots(
      dimension,
      (data?.values ?? []).flatMap(({ value }) => value ?? []),
    );
    return (shown) => chartColours(shown, slots, theme);
  }, [dimension, data, theme]);
}
