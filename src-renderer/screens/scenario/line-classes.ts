// Classes of AI spend under an agreement, in words: native, Marketplace, or one provider's part of either.
import type { LineClassTerms } from '../../../shared/domain/commitment/agreement.ts';
import type { PickOption } from '../../ui/pick-list.tsx';

const CLASS_NAMES: Readonly<Record<string, string>> = {
  native: 'Billed by AWS',
  marketplace: 'Billed through Marketplace',
};

export function lineClassName(lineClass: string): string {
  const [billedAs = '', provider] = lineClass.split(':');
  const name = CLASS_NAMES[billedAs] ?? billedAs;
  return provider === undefined ? name : `${provider}, ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

/** Narrower classes that have no terms of their own yet. */
export function classOptions(classes: readonly LineClassTerms[], providers: readonly string[]): PickOption[] {
  return Object.entries(CLASS_NAMES)
    .flatMap(([billedAs, group]) =>
      providers.map((provider) => ({
        value: `${billedAs}:${provider}`,
        label: provider,
        hint: null,
        group,
      })),
    )
    .filter(({ value }) => classes.every(({ lineClass }) => lineClass !== value));
}
