// Where the window opens: where it was, if that is still on a screen; else 1280 × 800, smaller on a small screen.
import type { Bounds } from './settings.ts';

const DEFAULT = { width: 1280, height: 800 } as const;

/** So much of the window must lie on a screen that its title can be reached. */
const REACHABLE = 64;

export type Place = { width: number; height: number; x?: number; y?: number };

export function fitting(remembered: Bounds | null, displays: readonly Bounds[]): Place {
  const home = displays.find((area) => remembered !== null && overlaps(remembered, area));
  if (remembered !== null && home !== undefined) {
    return {
      x: remembered.x,
      y: remembered.y,
      width: Math.min(remembered.width, home.width),
      height: Math.min(remembered.height, home.height),
    };
  }
  const [first] = displays;
  return {
    width: Math.min(DEFAULT.width, first?.width ?? DEFAULT.width),
    height: Math.min(DEFAULT.height, first?.height ?? DEFAULT.height),
  };
}

function overlaps(window: Bounds, area: Bounds): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const isTitleInside = window.y >= area.y && window.y < area.y + area.height - REACHABLE;
  return across >= REACHABLE && isTitleInside;
}
