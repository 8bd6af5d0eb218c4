// Moving through the app: reads and writes the address, so that back, forward and reload keep screen and question.
import {
  createContext,
  createElement,
  type ReactNode,
  useCallback,
  useContext,
  useDeferredValue,
  useMemo,
  useSyncExternalStore,
} from 'react';
import type { Period } from '../../shared/domain/spend/vocabulary.ts';
import { useEngine } from '../engine.ts';
import { type AnalysisContext, type AppLocation, formatLocation, parseLocation } from './location.ts';
import { resolveComparison, resolvePeriod } from './period.ts';

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  window.addEventListener('popstate', changed);
  return () => {
    window.removeEventListener('hashchange', changed);
    window.removeEventListener('popstate', changed);
  };
}

const AskedContext = createContext<AppLocation | null>(null);
const ShownContext = createContext<AppLocation | null>(null);

/**
 * What the address asks for, and what of it is drawn. The rail follows a move at once; a screen with all its answers at
 * hand is drawn in slices between which the window hears keys and clicks, and the screen before it stands until then.
 */
export function LocationProvider({ children }: { readonly children: ReactNode }) {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  const asked = useMemo(() => parseLocation(hash), [hash]);
  const shown = useDeferredValue(asked);
  return createElement(
    AskedContext,
    { value: asked },
    createElement(ShownContext, { value: shown }, children),
  );
}

function known(location: AppLocation | null): AppLocation {
  if (location === null) throw new Error('The address is used outside its provider.');
  return location;
}

/** The location that is drawn. */
export function useAppLocation(): AppLocation {
  return known(useContext(ShownContext));
}

/** The location that is asked for: for what must follow a move at once, and costs little to draw. */
export function useAskedLocation(): AppLocation {
  return known(useContext(AskedContext));
}

/** Goes to a location. `replace` leaves no step to come back to: for refinements, not for moves. */
export function goTo(location: AppLocation, replace = false): void {
  const hash = formatLocation(location);
  if (hash === window.location.hash) return;
  if (replace) {
    window.history.replaceState(null, '', hash);
    window.dispatchEvent(new PopStateEvent('popstate'));
  } else window.location.hash = hash;
}

/** Opens a screen with the present context; `context` and `own` change parts of it on the way. */
export function openScreen(
  screen: string,
  change: { context?: Partial<AnalysisContext>; own?: Readonly<Record<string, string>> } = {},
): void {
  const { context } = parseLocation(window.location.hash);
  goTo({ screen, context: { ...context, ...change.context }, own: change.own ?? {} });
}

/** The keys a screen owns in the address, and how to change some of them (null removes one). */
export function useScreenKeys(): readonly [
  Readonly<Record<string, string>>,
  (changes: Readonly<Record<string, string | null>>, replace?: boolean) => void,
] {
  const { own } = useAppLocation();
  const change = useCallback((changes: Readonly<Record<string, string | null>>, replace = false): void => {
    const now = parseLocation(window.location.hash);
    const merged = Object.entries({ ...now.own, ...changes });
    const kept = merged.filter((entry): entry is [string, string] => entry[1] !== null);
    goTo({ ...now, own: Object.fromEntries(kept) }, replace);
  }, []);
  return [own, change];
}

export type Analysis = AnalysisContext & {
  /** The days held; null while nothing is. */
  readonly held: Period | null;
  /** The days asked for; null = everything held. */
  readonly days: Period | null;
  /** The days compared with; null = none. */
  readonly compareTo: Period | null;
  /** False until the held days are known: do not ask for figures before. */
  readonly ready: boolean;
  readonly change: (change: Partial<AnalysisContext>, replace?: boolean) => void;
};

/** The question's context with its choices resolved to days of the open workspace. */
export function useAnalysis(): Analysis {
  const { context } = useAppLocation();
  const info = useEngine('workspace.info', {});
  const held = info.data?.days ?? null;
  const change = useCallback((changes: Partial<AnalysisContext>, replace = false): void => {
    const now = parseLocation(window.location.hash);
    goTo({ ...now, context: { ...now.context, ...changes } }, replace);
  }, []);
  return useMemo(() => {
    const days = resolvePeriod(context.period, held);
    return {
      ...context,
      held,
      days,
      compareTo: resolveComparison(context.compare, days),
      ready: info.data !== undefined,
      change,
    };
  }, [context, held, info.data, change]);
}
