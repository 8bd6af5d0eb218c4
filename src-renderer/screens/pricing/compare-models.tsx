// Up to six models side by side: every token price in one region and tier, the cheapest of a line marked.
import { MultiSelect, Select, Table } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import { KNOWN_MODELS } from '../../../shared/domain/usage/models.ts';
import { REGION_PREFIXES } from '../../../shared/domain/usage/region-prefixes.ts';
import { REGION_TIERS, type RegionTier } from '../../../shared/domain/usage/vocabulary.ts';
import type { Format } from '../../../shared/format/format.ts';
import { reasonName, valueName } from '../../../shared/format/names.ts';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx';
import { Unknown } from '../../ui/values.tsx';
import classes from './price-tools.module.css';

type Comparison = Output<'catalog.compare'>;
type Line = Comparison['lines'][number];
type Cell = Line['cells'][number];

const MOST = 6;
const REGIONS = [...new Set(Object.values(REGION_PREFIXES))].sort();
const MODELS = KNOWN_MODELS.map(({ model }) => model).sort();

export function CompareModels() {
  const [models, setModels] = useState<readonly string[]>([
    'Claude Sonnet 4.5',
    'Claude Haiku 4.5',
    'Nova Pro',
  ]);
  const [region, setRegion] = useState('us-east-1');
  const [regionTier, setTier] = useState<RegionTier>('regional');
  const { data, error, refetch } = useEngine(
    'catalog.compare',
    { models, region, regionTier },
    { enabled: models.length > 0 },
  );
  return (
    <div className={classes.tool}>
      <div className={classes.form}>
        <MultiSelect
          label={`Models, up to ${MOST}`}
          data={MODELS}
          searchable
          maxValues={MOST}
          value={[...models]}
          onChange={setModels}
          className={classes.wide}
          size="xs"
        />
        <Select
          label="Region"
          data={REGIONS}
          searchable
          allowDeselect={false}
          value={region}
          onChange={(value) => value !== null && setRegion(value)}
        />
        <Select
          label="Region tier"
          data={REGION_TIERS.map((value) => ({ value, label: valueName('regionTier', value) }))}
          allowDeselect={false}
          value={regionTier}
          onChange={(value) => setTier(REGION_TIERS.find((tier) => tier === value) ?? 'regional')}
        />
      </div>
      {models.length === 0 && <EmptyState title="Choose models to compare" />}
      {error !== null && models.length > 0 && (
        <ErrorState title="No comparison" message={error.message} onRetry={() => void refetch()} />
      )}
      {error === null &&
        models.length > 0 &&
        (data === undefined ? <Skeleton height={28} rows={8} /> : <Prices comparison={data} />)}
    </div>
  );
}

function Prices({ comparison }: { readonly comparison: Comparison }) {
  const format = useFormat();
  const { lines, models, date, catalogVersion } = comparison;
  const shown = useMemo(
    () => lines.filter(({ cells }) => cells.some(({ kind }) => kind === 'priced')),
    [lines],
  );
  if (shown.length === 0) {
    return (
      <EmptyState title="No price of these models here">
        Choose another region or tier. A price of another region is never shown in its place.
      </EmptyState>
    );
  }
  return (
    <div className={classes.scroll}>
      <Table stickyHeader aria-label="Prices side by side">
        <Table.Caption>
          USD / 1M tokens on {format.day(date)}, catalog {catalogVersion}. ▾ marks the lowest of a line.
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Mode and meter</Table.Th>
            {models.map((model) => (
              <Table.Th key={model} ta="right">
                {model}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((line) => (
            <Table.Tr key={`${line.mode} ${line.meter}`}>
              <Table.Td>
                {valueName('mode', line.mode)}, {valueName('meter', line.meter).toLowerCase()}
              </Table.Td>
              {line.cells.map((cell, index) => (
                <Table.Td key={models[index]} ta="right" className={classes.figure}>
                  <CellText cell={cell} lowest={isLowest(line, cell)} format={format} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function isLowest({ cells }: Line, cell: Cell): boolean {
  const lows = cells.flatMap((one) => (one.kind === 'priced' ? [one.low] : []));
  return cell.kind === 'priced' && lows.length > 1 && cell.low === Math.min(...lows);
}

function CellText({
  cell,
  lowest,
  format,
}: {
  readonly cell: Cell;
  readonly lowest: boolean;
  readonly format: Format;
}) {
  if (cell.kind === 'missing') return <Unknown why={reasonName(cell.reason)} />;
  const { low, high } = cell;
  const text =
    low === high
      ? format.unitPrice(low, 'USD')
      : `${format.unitPrice(low, 'USD')} to ${format.unitPrice(high, 'USD')}`;
  return (
    <>
      {lowest && <span aria-hidden>▾ </span>}
      {text}
    </>
  );
}
