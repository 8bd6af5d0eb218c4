// Which scenarios stand side by side: the saved ones and the draft, by their place in the address.
import type { Output } from '../../../shared/contract/methods.ts';
import { COMPARE_LIMIT } from '../../../shared/contract/scenario-compare.ts';

type Saved = Output<'scenario.list'>['scenarios'][number];

export type Candidate = {
  /** `draft`, or the number of a saved scenario. */
  readonly key: string;
  readonly label: string;
  readonly scenario: Saved['scenario'];
};

/** The draft first, then the saved ones. Labels tell scenarios of one name apart. */
export function candidatesOf(
  saved: readonly Saved[],
  draft: Saved['scenario'] | null,
  timeOf: (savedAt: string) => string,
): Candidate[] {
  const twice = (name: string): boolean => saved.filter((one) => one.name === name).length > 1;
  return [
    ...(draft === null ? [] : [{ key: 'draft', label: `${draft.name} (on the screen)`, scenario: draft }]),
    ...saved.map(({ id, name, savedAt, scenario }) => ({
      key: String(id),
      label: twice(name) ? `${name}, ${timeOf(savedAt)} (#${id})` : name,
      scenario,
    })),
  ];
}

/** The keys in an address that name something, each once; the first two candidates where it names none. */
export function chosenKeys(of: string, candidates: readonly Candidate[]): string[] {
  const known = new Set(candidates.map(({ key }) => key));
  const named = [...new Set(of.split(','))].filter((key) => known.has(key)).slice(0, COMPARE_LIMIT);
  return of === '' ? candidates.slice(0, 2).map(({ key }) => key) : named;
}

/** The choice with one slot changed: null empties it. What was chosen twice moves to the changed slot. */
export function withChoice(keys: readonly string[], slot: number, key: string | null): string[] {
  if (key === null) return keys.filter((_, index) => index !== slot);
  const held = keys.indexOf(key);
  const other = keys[slot];
  if (held < 0 || other === undefined)
    return [...keys.slice(0, slot).filter((one) => one !== key), key, ...keys.slice(slot + 1)];
  return keys.map((one, index) => (index === slot ? key : index === held ? other : one));
}
