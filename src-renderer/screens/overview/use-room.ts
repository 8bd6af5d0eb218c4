// How much the window has room for: more rows, taller charts and further rankings on a large one, never one stretched column.
import { startTransition, useEffect, useState } from 'react';

export type Room = {
  /** Pixels of the trend. */
  readonly trendHeight: number;
  /** Rows of a ranking before the rest is summed up. */
  readonly rankingRows: number;
  /** Dimensions ranked side by side. */
  readonly rankings: readonly RankedDimension[];
};

export type RankedDimension = 'model' | 'meter' | 'mode' | 'account' | 'region';

/** At 1280 × 800 everything of this fits without scrolling; what a larger window has beyond that is shared out. */
const SMALLEST = { height: 800, trend: 196, rows: 5 };
const ROW = 30;
const WIDE = 1800;

export function roomOf(width: number, height: number): Room {
  const spare = Math.max(0, height - SMALLEST.height);
  return {
    trendHeight: SMALLEST.trend + Math.round(spare * 0.45),
    rankingRows: SMALLEST.rows + Math.floor((spare * 0.45) / ROW),
    rankings: width >= WIDE ? ['model', 'meter', 'mode', 'account', 'region'] : ['model', 'meter', 'mode'],
  };
}

const windowSize = () => ({ width: window.innerWidth, height: window.innerHeight });

/** Known from the first drawing on, so that the screen is not drawn once more for it. */
export function useRoom(): Room {
  const [{ width, height }, setSize] = useState(windowSize);
  useEffect(() => {
    const onResize = (): void => startTransition(() => setSize(windowSize()));
    window.addEventListener('resize', onResize);
    return () => window.removeEventListener('resize', onResize);
  }, []);
  return roomOf(width, height);
}
