// Levers: what the bill itself suggests.
import type { Context, Handlers } from '../handlers.ts';
import { findLevers } from '../scenario/find-levers.ts';

export function leverHandlers({ db, pricing }: Context): Pick<Handlers, 'levers.find'> {
  return { 'levers.find': (question) => findLevers(db, pricing.catalog(), question) };
}
