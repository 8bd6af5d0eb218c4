// What a rule would do: the lines it decides, and what moves into Bedrock's total and out of it.
import type { Input, Output } from '../../../shared/contract/methods.ts';
import type { Format } from '../../../shared/format/format.ts';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Note, Skeleton } from '../../ui/states.tsx';
import classes from './review.module.css';

type Costs = Output<'review.preview'>['costs'];
type Props = { readonly question: Input<'review.preview'> };

export function RuleEffect({ question }: Props) {
  const format = useFormat();
  const { data, error } = useEngine('review.preview', question);
  if (error !== null) return <Note tone="danger">{error.message}</Note>;
  if (data === undefined) return <Skeleton height={20} rows={2} label="Asking what it would decide" />;
  const facts = [
    ['Decides', data.costs],
    ['Into Bedrock’s total', data.becomesBedrock],
    ['Out of Bedrock’s total', data.leavesBedrock],
  ] as const;
  return (
    <div className={classes.effect} role="status">
      <dl className={classes.facts}>
        {facts
          .filter(([, costs], index) => index === 0 || costs.length > 0)
          .map(([label, costs]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{amounts(costs, format)}</dd>
            </div>
          ))}
      </dl>
      {data.notes.map((note) => (
        <Note key={note}>{note}</Note>
      ))}
    </div>
  );
}

function amounts(costs: Costs, format: Format): string {
  if (costs.length === 0) return 'no line held';
  return costs
    .map(
      ({ lineItems, unblended, currency }) =>
        `${format.count(lineItems)} ${lineItems === 1 ? 'line item' : 'line items'}, ${format.money(unblended, currency)}`,
    )
    .join('; ');
}
