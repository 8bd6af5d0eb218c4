// Reads what a template needs of the bill and walks its steps over it.
import type { Output, ParsedInput } from '../../../shared/contract/methods.ts';
import { scenario as scenarioSchema } from '../../../shared/contract/scenario.ts';
import type { Catalog } from '../../../shared/domain/pricing/catalog.ts';
import { TEMPLATES } from '../../../shared/domain/whatif/templates.ts';
import { templateNeeds, walkTemplate } from '../../../shared/domain/whatif/walk-template.ts';
import type { Db } from '../db/open.ts';
import { readBaseline } from './baseline.ts';

/** Throws what `readBaseline` throws. */
export function readTemplate(
  db: Db,
  catalog: Catalog,
  { template: name, baseline, confirmed }: ParsedInput<'scenario.template'>,
): Output<'scenario.template'> {
  const template = TEMPLATES[name];
  const read = readBaseline(db, { ...baseline, ...templateNeeds(template) }, catalog);
  const walk = walkTemplate(template, baseline, read, confirmed);
  return { ...walk, scenario: scenarioSchema.parse(walk.scenario) };
}
