// What the same tokens would have cost on each other model, at list: a comparison of price lists, said as such.
import { useMemo } from 'react';
import { STAND_INS } from '../../../shared/domain/pricing/other-models.ts';
import type { Format } from '../../../shared/format/format.ts';
import { useNotice } from '../../app/notice.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { EmptyState, Note } from '../../ui/states.tsx';
import { Money, Percent } from '../../ui/values.tsx';
import classes from './variance.module.css';
import type { OtherModel, Variance } from './variance-state.ts';

export function OtherModels({ variance: { otherModels } }: { readonly variance: Variance }) {
  const format = useFormat();
  const { say } = useNotice();
  const columns = useMemo(() => modelColumns(format), [format]);
  const { day, tokens, invoiced, models } = otherModels;
  if (day === null || models.length === 0) {
    return (
      <EmptyState title="No text tokens in this selection">
        Input, output and cached tokens are priced on other models; images, audio and features are not.
      </EmptyState>
    );
  }
  return (
    <>
      <Note>
        {format.tokens(tokens)} text tokens, invoiced {format.money(invoiced, 'USD')}, at each model’s list
        price of {format.day(day)} in the same regions. Same tokens, factor 1.0: every model cuts text into
        tokens in its own way, and a price says nothing about quality. Tokens a model has no price for are
        left out of both amounts.
      </Note>
      <section className={classes.grid} aria-label="The same tokens on other models">
        <Grid<OtherModel>
          label="The same tokens on other models"
          columns={columns}
          rows={models}
          rowKey={({ model }) => model}
          height="fill"
          onCopied={(count) => say(`Copied ${count} models`)}
        />
      </section>
    </>
  );
}

const change = ({ low, invoiced }: OtherModel): number | null => (invoiced === 0 ? null : low / invoiced - 1);

function modelColumns(format: Format): readonly GridColumn<OtherModel>[] {
  return [
    { id: 'model', header: 'Model', kind: 'text', width: 170, grow: 2, value: ({ model }) => model },
    {
      id: 'provider',
      header: 'Provider',
      kind: 'text',
      width: 110,
      grow: 1,
      value: ({ provider }) => provider,
    },
    {
      id: 'covered',
      header: 'Tokens covered',
      unit: '%',
      kind: 'number',
      width: 148,
      hint: 'Share of the tokens that this model has a price for in their region',
      value: ({ covered }) => covered,
      render: ({ covered }) => <Percent value={covered} />,
    },
    {
      id: 'invoiced',
      header: 'Invoiced now',
      unit: 'USD',
      kind: 'number',
      width: 148,
      hint: 'Of the covered tokens',
      value: ({ invoiced }) => invoiced,
      render: ({ invoiced }) => <Money value={invoiced} currency="USD" />,
    },
    {
      id: 'low',
      header: 'At its list',
      unit: 'USD',
      kind: 'number',
      width: 132,
      hint: 'Of the covered tokens; a range where two prices are possible',
      value: ({ low }) => low,
      render: ({ low, high }) => (
        <span title={low === high ? undefined : `up to ${format.money(high, 'USD')}`}>
          {format.money(low, 'USD')}
          {high - low > 0.005 ? ' +' : ''}
        </span>
      ),
    },
    {
      id: 'change',
      header: 'Change',
      unit: '%',
      kind: 'number',
      width: 96,
      value: change,
      render: (row) => <span>{format.percentChange(change(row))}</span>,
    },
    {
      id: 'standIns',
      header: 'Stand-ins',
      kind: 'text',
      width: 170,
      grow: 2,
      sortable: false,
      hint: 'Prices of another kind taken where the model has none of the tokens’ own kind',
      value: ({ standIns }) => standIns.join(', ').replaceAll('_', ' '),
      render: ({ standIns }) => (
        <span title={standIns.map((id) => STAND_INS[id]).join('\n')}>
          {standIns.length === 0 ? 'none' : standIns.join(', ').replaceAll('_', ' ')}
        </span>
      ),
    },
  ];
}
