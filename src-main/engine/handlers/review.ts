// Reviewing: what is open, and the rules that answer it.
import type { Method } from '../../../shared/contract/methods.ts';
import type { Context, Handlers } from '../handlers.ts';
import { previewRule } from '../review/preview.ts';
import { createRules } from '../review/rules.ts';
import { reviewTray } from '../review/tray.ts';

type Methods = Extract<Method, `review.${string}`> | 'export.rules';

export function reviewHandlers(context: Context): Pick<Handlers, Methods> {
  const { db } = context;
  const rules = createRules({ ...context, settle: context.pricing.settle });
  return {
    'review.tray': (input) => reviewTray(db, input),
    'review.rules': () => rules.list(),
    'review.preview': ({ number, rule }) => previewRule(db, number, rule),
    'review.saveRule': ({ number, rule }) => rules.save(number, rule),
    'review.removeRule': ({ number }) => rules.remove(number),
    'review.moveRule': ({ number, to }) => rules.move(number, to),
    'review.undo': () => rules.undo(),
    'review.importRules': ({ sources }) => rules.importFile(sources[0] ?? ''),
    'export.rules': ({ target }) => rules.exportFile(target),
  };
}
