// The tray of lines without a catalog amount: what they are, what they cost, why, and where to look.
import { IconListDetails, IconTags } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Format } from '../../../shared/format/format.ts';
import { reasonName, valueName } from '../../../shared/format/names.ts';
import { openScreen, useAnalysis } from '../../app/navigation.ts';
import { useNotice } from '../../app/notice.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridAction, type GridColumn } from '../../ui/grid.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Money } from '../../ui/values.tsx';
import classes from './variance.module.css';
import type { UnpricedRow, Variance } from './variance-state.ts';

export function UnpricedTray({ variance }: { readonly variance: Variance }) {
  const format = useFormat();
  const { say } = useNotice();
  const { where } = useAnalysis();
  const columns = useMemo(() => trayColumns(format), [format]);
  if (variance.unpricedCount === 0) {
    return (
      <EmptyState title="Every usage line has a price">Nothing of this selection waits here.</EmptyState>
    );
  }
  const showLines = ({ usageType }: UnpricedRow): void =>
    openScreen('explorer', {
      context: { where: [...where, { dimension: 'usageType', operator: '=', values: [usageType] }] },
      own: { view: 'lines' },
    });
  const actions: readonly GridAction<UnpricedRow>[] = [
    { key: 'l', label: 'Show the line items', icon: <IconListDetails size={14} />, run: showLines },
    {
      key: 'p',
      label: 'Prices of this model',
      icon: <IconTags size={14} />,
      run: ({ model, usageType }) => openScreen('pricing', { own: { q: model ?? usageType ?? '' } }),
    },
  ];
  return (
    <section className={classes.grid} aria-label="Lines without a price">
      <Grid<UnpricedRow>
        label="Lines without a price"
        columns={columns}
        rows={variance.unpriced}
        rowKey={(row) =>
          JSON.stringify([row.usageType, row.service, row.unit, row.model, row.region, row.reason])
        }
        onActivate={showLines}
        actions={actions}
        height="fill"
        onCopied={(count) => say(`Copied ${count} rows`)}
      />
    </section>
  );
}

function trayColumns(format: Format): readonly GridColumn<UnpricedRow>[] {
  return [
    {
      id: 'usageType',
      header: 'Usage type',
      kind: 'mono',
      width: 270,
      grow: 2,
      value: ({ usageType }) => usageType,
    },
    {
      id: 'invoiced',
      header: 'Invoiced',
      unit: 'USD',
      kind: 'number',
      width: 116,
      value: ({ invoiced }) => invoiced,
      render: ({ invoiced }) => <Money value={invoiced} currency="USD" />,
    },
    {
      id: 'reason',
      header: 'Why there is no price',
      kind: 'text',
      width: 300,
      grow: 3,
      value: ({ reason }) => reasonName(reason),
    },
    {
      id: 'model',
      header: 'Model',
      kind: 'text',
      width: 130,
      grow: 1,
      value: ({ model, meter }) => model ?? (meter === null ? '' : valueName('meter', meter)),
    },
    {
      id: 'lines',
      header: 'Lines',
      kind: 'number',
      width: 72,
      value: ({ lines }) => lines,
      render: ({ lines }) => format.count(lines),
    },
    {
      id: 'days',
      header: 'Days',
      kind: 'text',
      width: 150,
      value: ({ firstDay }) => firstDay,
      render: ({ firstDay, lastDay }) => format.period({ from: firstDay, to: lastDay }),
    },
  ];
}
