// A bill of many different lines, made fast: long enough to be stopped in the middle, with words that can be looked for.
import { cur2, OTHER_2, type Row } from '../import/synthetic.ts';

const open: Row = {
  line_item_unblended_cost: 'COST',
  line_item_usage_account_id: 'ACCOUNT',
  bill_payer_account_id: 'PAYER',
  line_item_usage_start_date: 'PERIOD-DAYT10:00:00Z',
  line_item_usage_end_date: 'PERIOD-DAYT11:00:00Z',
  bill_billing_period_start_date: 'PERIOD-01T00:00:00Z',
};
const KINDS: readonly Row[] = [
  {
    ...open,
    line_item_resource_id: 'arn:aws:bedrock:us-east-1:ACCOUNT:application-inference-profile/NUMBER',
  },
  { ...open, line_item_usage_type: 'USE1-Zephyr9:mystery' },
  { ...OTHER_2, ...open },
];

export type Bill = {
  readonly payer: string;
  /** `YYYY-MM`. */
  readonly period: string;
  readonly rows: number;
  /** Cost of the first line; each further one costs a thousandth more. */
  readonly cost: number;
};

/** A CUR 2.0 file. */
export function billOf({ payer, period, rows, cost }: Bill): string {
  const [header = '', ...kinds] = cur2(KINDS).trimEnd().split('\n');
  const lines = Array.from({ length: rows }, (_, index) =>
    (kinds[index % kinds.length] ?? '')
      .replaceAll('PAYER', payer)
      .replaceAll('PERIOD', period)
      .replaceAll('DAY', String((index % 28) + 1).padStart(2, '0'))
      .replaceAll('ACCOUNT', String(700_000_000_000 + (index % 40)))
      .replaceAll('NUMBER', `n${index % 500}`)
      .replaceAll('COST', String(cost + index / 1000)),
  );
  return `${header}\n${lines.join('\n')}\n`;
}
