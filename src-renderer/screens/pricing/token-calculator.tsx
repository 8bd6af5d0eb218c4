// What so many input and output tokens cost at list: on chosen models or all, in every region, tier and mode.
import { MultiSelect, NumberInput, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import { KNOWN_MODELS } from '../../../shared/domain/usage/models.ts';
import { REGION_PREFIXES } from '../../../shared/domain/usage/region-prefixes.ts';
import type { Format } from '../../../shared/format/format.ts';
import { valueName } from '../../../shared/format/names.ts';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { ErrorState, Skeleton } from '../../ui/states.tsx';
import classes from './price-tools.module.css';

type Row = Output<'catalog.cost'>['rows'][number];

const MODELS = KNOWN_MODELS.map(({ model }) => model).sort();
const REGIONS = [...new Set(Object.values(REGION_PREFIXES))].sort();

export function TokenCalculator() {
  const [models, setModels] = useState<readonly string[]>([]);
  const [inputTokens, setInput] = useState(1_000_000);
  const [outputTokens, setOutput] = useState(200_000);
  const [region, setRegion] = useState<string | null>('us-east-1');
  const [question] = useDebouncedValue({ models, inputTokens, outputTokens, region }, 150);
  const { data, error, refetch } = useEngine('catalog.cost', question);
  return (
    <div className={classes.tool}>
      <div className={classes.form}>
        <NumberInput
          label="Input tokens"
          min={0}
          max={1e15}
          allowDecimal={false}
          thousandSeparator=" "
          value={inputTokens}
          onChange={(value) => setInput(Number(value) || 0)}
        />
        <NumberInput
          label="Output tokens"
          min={0}
          max={1e15}
          allowDecimal={false}
          thousandSeparator=" "
          value={outputTokens}
          onChange={(value) => setOutput(Number(value) || 0)}
        />
        <Select
          label="Region"
          placeholder="Every region"
          clearable
          searchable
          data={REGIONS}
          value={region}
          onChange={setRegion}
        />
        <MultiSelect
          label="Models"
          placeholder={models.length === 0 ? 'All models' : ''}
          data={MODELS}
          searchable
          clearable
          value={[...models]}
          onChange={setModels}
          className={classes.wide}
          size="xs"
        />
      </div>
      {error !== null && (
        <ErrorState title="No cost" message={error.message} onRetry={() => void refetch()} />
      )}
      {error === null &&
        (data === undefined ? (
          <Skeleton height={28} rows={10} />
        ) : (
          <Costs rows={data.rows} date={data.date} />
        ))}
    </div>
  );
}

function Costs({ rows, date }: { readonly rows: readonly Row[]; readonly date: string }) {
  const format = useFormat();
  const columns = useMemo(() => costColumns(format), [format]);
  return (
    <>
      <p className={classes.remark}>
        List prices of plain text tokens on {format.day(date)}, standard context. A purchase of which only one
        half has a price is left out.
      </p>
      <section className={classes.rows} aria-label="Cost of the tokens">
        <Grid<Row>
          label="Cost of the tokens"
          columns={columns}
          rows={rows}
          rowKey={({ model, mode, region, regionTier }) => [model, mode, region, regionTier].join('|')}
          height={560}
          empty="No model has a price for both here. Choose another region."
        />
      </section>
    </>
  );
}

function costColumns(format: Format): readonly GridColumn<Row>[] {
  return [
    { id: 'model', header: 'Model', kind: 'text', width: 164, grow: 2, value: ({ model }) => model },
    { id: 'mode', header: 'Mode', kind: 'text', width: 112, value: ({ mode }) => valueName('mode', mode) },
    { id: 'region', header: 'Region', kind: 'text', width: 108, value: ({ region }) => region ?? 'Any' },
    {
      id: 'tier',
      header: 'Tier',
      kind: 'text',
      width: 80,
      value: ({ regionTier }) => (regionTier === null ? 'Any' : valueName('regionTier', regionTier)),
    },
    priceColumn('input', 'Input', format, ({ input }) => input),
    priceColumn('output', 'Output', format, ({ output }) => output),
    {
      id: 'low',
      header: 'Cost',
      unit: 'USD',
      kind: 'number',
      width: 110,
      value: ({ low }) => low,
      render: ({ low, high }) => (
        <strong title={low === high ? undefined : `up to ${format.money(high, 'USD')}`}>
          {format.money(low, 'USD')}
          {high > low ? ' +' : ''}
        </strong>
      ),
    },
  ];
}

function priceColumn(
  id: string,
  header: string,
  format: Format,
  value: (row: Row) => Row['input'],
): GridColumn<Row> {
  return {
    id,
    header,
    unit: '/ 1M',
    kind: 'number',
    width: 108,
    value: (row) => value(row).low,
    render: (row) => format.unitPrice(value(row).low, 'USD'),
  };
}
