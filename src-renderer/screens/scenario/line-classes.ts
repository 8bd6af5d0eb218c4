// Classes of AI spend under an agreement that may have terms of their own: one provider's part of native or Marketplace.
import type { LineClassTerms } from '../../../shared/domain/commitment/agreement.ts';
import { BILLED_AS } from '../../../shared/format/scenario-words.ts';
import type { PickOption } from '../../ui/pick-list.tsx';

/** Narrower classes that have no terms of their own yet. */
export function classOptions(classes: readonly LineClassTerms[], providers: readonly string[]): PickOption[] {
  return Object.entries(BILLED_AS)
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
