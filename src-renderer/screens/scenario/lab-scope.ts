// Which usage of the baseline a lever applies to, for the parts of a lab that ask about a model.
import type { Lever } from '../../../shared/domain/whatif/scenario.ts';
import { type ScenarioBaseline, scopeIndex } from '../../../shared/domain/whatif/vectors.ts';

/** Models in a lever's scope, by name. */
export function modelsInScope({ vectors, scopes }: ScenarioBaseline, { scope }: Lever): string[] {
  const index = scopeIndex(scopes, scope);
  const own = vectors.filter(({ inScopes }) => index === null || inScopes.includes(index));
  return [...new Set(own.map(({ model }) => model))].sort();
}
