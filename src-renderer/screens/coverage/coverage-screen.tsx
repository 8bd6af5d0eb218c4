// What the catalog covers: the grid of models against meters with its holes, and the usage types that get a price.
import { Drawer, Select, Tabs, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import { METER_GROUP_IDS, type MeterGroup } from '../../../shared/domain/pricing/coverage.ts';
import { REGION_PREFIXES } from '../../../shared/domain/usage/region-prefixes.ts';
import { useScreenKeys } from '../../app/navigation.ts';
import { useEngine } from '../../engine.ts';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { ErrorState, Skeleton } from '../../ui/states.tsx';
import { useSearchText } from '../../ui/use-search-text.ts';
import classes from './coverage.module.css';
import {
  type CoverageState,
  readCoverageState,
  rowKey,
  type Show,
  shownReadings,
  shownRows,
  writeCoverageState,
} from './coverage-state.ts';
import { CoverageFigures } from './figures.tsx';
import { CoverageLegend } from './legend.tsx';
import { CoverageMatrix } from './matrix.tsx';
import { RowDetail } from './row-detail.tsx';
import { UsageStrings } from './usage-strings.tsx';

const GROUP_NAMES: Readonly<Record<MeterGroup, string>> = {
  tokens: 'Tokens',
  media: 'Media, embeddings',
  capacity: 'Capacity',
  customization: 'Customization',
  services: 'Services',
};

export function CoverageScreen() {
  const [own, changeKeys] = useScreenKeys();
  const state = useMemo(() => readCoverageState(own), [own]);
  const set = (part: Partial<CoverageState>, replace = false): void =>
    changeKeys(writeCoverageState({ ...state, ...part }), replace);
  const { data, error, refetch } = useEngine('catalog.coverage', { region: state.region });
  const table = data?.groups.find(({ group }) => group === state.group) ?? null;
  const rows = useMemo(
    () => (table === null ? [] : shownRows(table, { show: state.show, text: state.text })),
    [table, state.show, state.text],
  );
  const readings = useMemo(
    () =>
      data === undefined ? [] : shownReadings(data.usage.readings, { show: state.show, text: state.text }),
    [data, state.show, state.text],
  );
  if (error !== null) {
    return (
      <ErrorState
        title="The coverage could not be worked out"
        message={error.message}
        safe="Prices and imported lines are as they were."
        onRetry={() => void refetch()}
      />
    );
  }
  if (data === undefined || table === null) {
    return <Skeleton height={26} rows={16} label="Laying out the catalog" />;
  }
  const open = table.rows.find((row) => rowKey(row) === state.open) ?? null;
  return (
    <div className={classes.screen}>
      <CoverageFigures coverage={data} />
      <Tabs
        value={state.view}
        onChange={(view) => set({ view: view === 'strings' ? 'strings' : 'grid', open: null })}
        keepMounted={false}
        className={classes.tabs}
      >
        <Tabs.List>
          <Tabs.Tab value="grid">Models and meters</Tabs.Tab>
          <Tabs.Tab value="strings">Usage types</Tabs.Tab>
        </Tabs.List>
        <Filters key={state.view} state={state} bills={data.billed.lines > 0} onChange={set} />
        <Tabs.Panel value="grid" className={classes.body}>
          <CoverageMatrix
            table={table}
            rows={rows}
            open={state.open}
            onOpen={(row) => set({ open: rowKey(row) })}
          />
          <CoverageLegend table={table} holes={data.holes} />
        </Tabs.Panel>
        <Tabs.Panel value="strings" className={classes.body}>
          <UsageStrings readings={readings} holes={data.usage.holes} />
        </Tabs.Panel>
      </Tabs>
      <Drawer
        opened={open !== null}
        onClose={() => set({ open: null })}
        position="right"
        size={560}
        title="Prices and holes of one row"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {open !== null && <RowDetail row={open} table={table} region={state.region} date={data.date} />}
      </Drawer>
    </div>
  );
}

type FilterProps = {
  readonly state: CoverageState;
  readonly bills: boolean;
  readonly onChange: (part: Partial<CoverageState>, replace?: boolean) => void;
};

const REGIONS = [...new Set(Object.values(REGION_PREFIXES))].sort();

function Filters({ state, bills, onChange }: FilterProps) {
  const [text, setText] = useSearchText(state.text, (value) => onChange({ text: value }, true));
  return (
    <div className={classes.filters} role="search" aria-label="Narrow the coverage">
      <TextInput
        aria-label="Search"
        placeholder={state.view === 'grid' ? 'Search models and providers' : 'Search usage types and models'}
        leftSection={<IconSearch size={14} />}
        className={classes.search}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      {state.view === 'grid' && (
        <>
          <SegmentedControl
            aria-label="Meters"
            data={METER_GROUP_IDS.map((value) => ({ value, label: GROUP_NAMES[value] }))}
            value={state.group}
            onChange={(group) => onChange({ group: group as MeterGroup, open: null })}
          />
          <Select
            aria-label="Region"
            placeholder="Every region with a price"
            clearable
            searchable
            data={REGIONS}
            value={state.region}
            onChange={(region) => onChange({ region, open: null })}
          />
        </>
      )}
      <SegmentedControl
        aria-label="Rows"
        data={[
          { value: 'all', label: 'All' },
          { value: 'holes', label: 'With holes' },
          ...(bills && state.view === 'grid' ? [{ value: 'billed', label: 'On the bill' }] : []),
        ]}
        value={state.show}
        onChange={(show) => onChange({ show: show as Show })}
      />
    </div>
  );
}
