// What the address says: which screen, the question's context (period, comparison, basis, filters), and the screen's own keys.
import { parseWhere, whereText } from '../../shared/domain/spend/grammar.ts';
import { BASES, type Basis, type Filter, type Period } from '../../shared/domain/spend/vocabulary.ts';
import { type CompareChoice, isCompareChoice, isPeriodChoice, type PeriodChoice } from './period.ts';

/** The question's context, the same on every analysis screen. */
export type AnalysisContext = {
  readonly period: PeriodChoice;
  readonly compare: CompareChoice;
  readonly basis: Basis;
  readonly where: readonly Filter[];
};

export const INITIAL_CONTEXT: AnalysisContext = {
  period: 'latest-month',
  compare: 'previous',
  basis: 'unblended',
  where: [],
};

export type AppLocation = {
  /** Id of the screen; empty = the first one. */
  readonly screen: string;
  readonly context: AnalysisContext;
  /** Keys a screen owns; the context's own keys are not among them. */
  readonly own: Readonly<Record<string, string>>;
};

const CONTEXT_KEYS = ['period', 'compare', 'basis', 'where'];
const DAY = /^\d{4}-\d{2}-\d{2}$/u;

/** Reads `#/overview?period=…`. What does not make sense falls back to the initial context, never to an error. */
export function parseLocation(hash: string): AppLocation {
  const [path = '', search = ''] = hash.replace(/^#?\/?/u, '').split('?', 2);
  const keys = new URLSearchParams(search);
  const basis = keys.get('basis');
  return {
    screen: path,
    context: {
      period: choice(keys.get('period'), isPeriodChoice) ?? INITIAL_CONTEXT.period,
      compare: choice(keys.get('compare'), isCompareChoice) ?? INITIAL_CONTEXT.compare,
      basis: BASES.find((candidate) => candidate === basis) ?? INITIAL_CONTEXT.basis,
      where: keys.getAll('where').flatMap(conditionOf),
    },
    own: Object.fromEntries([...keys].filter(([key]) => !CONTEXT_KEYS.includes(key))),
  };
}

/** The address of a location. What stands at its initial value is left out. */
export function formatLocation({ screen, context, own }: AppLocation): string {
  const keys = new URLSearchParams();
  const put = (key: string, value: string, initial: string): void => {
    if (value !== initial) keys.append(key, value);
  };
  put('period', choiceText(context.period), choiceText(INITIAL_CONTEXT.period));
  put('compare', choiceText(context.compare), choiceText(INITIAL_CONTEXT.compare));
  put('basis', context.basis, INITIAL_CONTEXT.basis);
  for (const filter of context.where) keys.append('where', whereText(filter));
  for (const [key, value] of Object.entries(own)) if (!CONTEXT_KEYS.includes(key)) keys.append(key, value);
  const search = keys.toString();
  return `#/${screen}${search === '' ? '' : `?${search}`}`;
}

/** An address may be old or mistyped: what says no condition is left out. */
function conditionOf(text: string): Filter[] {
  try {
    return [parseWhere(text)];
  } catch {
    return [];
  }
}

function choice<C extends string>(
  text: string | null,
  known: (text: string) => text is C,
): C | Period | null {
  if (text === null) return null;
  if (known(text)) return text;
  const [from = '', to = ''] = text.split('..', 2);
  return DAY.test(from) && DAY.test(to) && from <= to ? { from, to } : null;
}

function choiceText(value: string | Period): string {
  return typeof value === 'string' ? value : `${value.from}..${value.to}`;
}
