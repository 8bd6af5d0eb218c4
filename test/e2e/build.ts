// Before the end-to-end tests: the app as it is built, never an older one.
import { buildIfStale } from '../../scripts/build-if-stale.ts';

export function setup(): void {
  buildIfStale();
}
