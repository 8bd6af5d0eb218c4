// Contract rates: list, read a card, preview, keep, and go back to any version.
import type { Method } from '../../../shared/contract/methods.ts';
import {
  changeOverrides,
  exportOverrides,
  listOverrides,
  previewOverrides,
  readOverrides,
  saveOverrides,
} from '../catalog/overrides.ts';
import type { Context, Handlers } from '../handlers.ts';

type Methods = Extract<Method, `overrides.${string}`> | 'export.overrides';

export function overrideHandlers(context: Context): Pick<Handlers, Methods> {
  return {
    'overrides.list': () => listOverrides(context.db),
    'overrides.preview': ({ rates }) => previewOverrides(context, rates),
    'overrides.read': (input) => readOverrides(context, input),
    'overrides.save': (input) => saveOverrides(context, input),
    'overrides.use': ({ version }) => changeOverrides(context, version),
    'export.overrides': ({ target }) => exportOverrides(context.db, target),
  };
}
