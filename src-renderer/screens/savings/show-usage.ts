// The way from a finding to the usage behind it.
import type { Filter, Period } from '../../../shared/domain/spend/vocabulary.ts';
import { openScreen } from '../../app/navigation.ts';
import { joinedWhere } from './savings-state.ts';

/** Opens the explorer on the finding's usage and days, by meter; search capacity is outside Bedrock's own lines. */
export function showUsage(context: readonly Filter[], own: readonly Filter[], { from, to }: Period): void {
  const outside = own.some(({ dimension, values }) => dimension === 'meter' && values.includes('ocu_hour'));
  openScreen('explorer', {
    context: { where: joinedWhere(context, own), period: { from, to } },
    own: { group: 'meter', show: 'cost|quantity|tokens', ...(outside ? { scope: 'estate' } : {}) },
  });
}
