// How charts of the scenario screen print money.
import { useMemo } from 'react';
import type { AmountText } from '../../../shared/charts/spec.ts';
import { useFormat } from '../../ui/format-context.ts';

export function useAmountText(currency: string): AmountText {
  const format = useFormat();
  return useMemo(
    () => ({
      short: (value) => format.moneyShort(value, currency),
      full: (value) => format.money(value, currency),
    }),
    [format, currency],
  );
}
