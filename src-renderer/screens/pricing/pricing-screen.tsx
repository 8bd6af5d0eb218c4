// The catalog: search it, see where each price comes from, ask it for one price.
import { Button, Drawer, Popover, Select, Table, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconMessageQuestion, IconSearch, IconVersions } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import { ageInDays, isStale } from '../../../shared/domain/pricing/staleness.ts';
import { METER_NAMES, MODES } from '../../../shared/domain/usage/vocabulary.ts';
import { valueName } from '../../../shared/format/names.ts';
import { useScreenKeys } from '../../app/navigation.ts';
import { ScreenActions } from '../../app/screen-actions.tsx';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { ErrorState, Note, Skeleton } from '../../ui/states.tsx';
import { Answers, AskForm } from './ask-form.tsx';
import { PriceGrid } from './price-grid.tsx';
import { effectiveText, regionText, unitOf } from './price-text.ts';
import { PriceTools } from './price-tools.tsx';
import classes from './pricing.module.css';
import {
  type CatalogRow,
  isFiltered,
  type PricingState,
  questionFor,
  readPricingState,
  writePricingState,
} from './pricing-state.ts';
import { useCatalog } from './use-catalog.ts';
import { CatalogVersions } from './versions.tsx';

export function PricingScreen() {
  const info = useEngine('catalog.info', {});
  const [own, changeKeys] = useScreenKeys();
  const state = useMemo(() => readPricingState(new URLSearchParams(own)), [own]);
  const set = (part: Partial<PricingState>, replace = false): void =>
    changeKeys(writePricingState({ ...state, ...part }), replace);
  const sourceTitles = useMemo(
    () => new Map(info.data?.sources.map(({ id, title }) => [id, title])),
    [info.data],
  );
  const { text, provider, meter, mode, region } = state;
  const catalog = useCatalog({
    text,
    provider,
    meter: meter as CatalogRow['meter'] | null,
    mode: mode as CatalogRow['mode'] | null,
    region,
  });
  const error = info.error ?? catalog.error;
  if (error !== null) {
    return (
      <ErrorState
        title="The catalog could not be read"
        message={error.message}
        safe="Imported lines keep the prices they were given."
        onRetry={() => {
          void info.refetch();
          catalog.retry();
        }}
      />
    );
  }
  if (state.versions) return <CatalogVersions onBack={() => set({ versions: false })} />;
  const open = catalog.rows.find(({ id }) => id === state.open) ?? null;
  return (
    <div className={classes.screen}>
      <ScreenActions>
        <PriceTools />
        <Button
          variant="default"
          leftSection={<IconMessageQuestion size={14} />}
          onClick={() => set({ asking: true, open: null })}
        >
          Ask a price
        </Button>
        <Button
          variant="default"
          leftSection={<IconVersions size={14} />}
          onClick={() => set({ versions: true, open: null, asking: false })}
        >
          Offers and versions
        </Button>
      </ScreenActions>
      <Filters state={state} providers={info.data?.providers ?? []} onChange={set} />
      {info.data !== undefined && <Staleness info={info.data} />}
      <section className={classes.grid} aria-label="Prices">
        <div className={classes.gridBody}>
          {catalog.rowCount === null ? (
            <div className={classes.padded}>
              <Skeleton height={22} rows={14} label="Loading prices" />
            </div>
          ) : (
            <PriceGrid
              rows={catalog.rows}
              open={state.open}
              sourceTitles={sourceTitles}
              onOpen={(id) => set({ open: id, asking: false })}
            />
          )}
        </div>
        {info.data !== undefined && (
          <Foot info={info.data} found={catalog.rowCount} filtered={isFiltered(state)} />
        )}
      </section>
      <Drawer
        opened={open !== null || state.asking}
        onClose={() => set({ open: null, asking: false })}
        position="right"
        size={560}
        title={state.asking ? 'Ask a price' : 'Price'}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {state.asking && <AskForm sourceTitles={sourceTitles} />}
        {!state.asking && open !== null && <PriceDetail row={open} sourceTitles={sourceTitles} />}
      </Drawer>
    </div>
  );
}

type FilterProps = {
  readonly state: PricingState;
  readonly providers: readonly string[];
  readonly onChange: (part: Partial<PricingState>, replace?: boolean) => void;
};

function Filters({ state, providers, onChange }: FilterProps) {
  const [text, setText] = useState(state.text);
  const [region, setRegion] = useState(state.region ?? '');
  const search = useDebouncedCallback((part: Partial<PricingState>) => onChange(part, true), 200);
  return (
    <div className={classes.filters} role="search" aria-label="Search the catalog">
      <TextInput
        aria-label="Search"
        placeholder="Search models, providers, notes"
        leftSection={<IconSearch size={14} />}
        className={classes.search}
        value={text}
        onChange={({ currentTarget: { value } }) => {
          setText(value);
          search({ text: value });
        }}
      />
      <Select
        aria-label="Provider"
        placeholder="All providers"
        clearable
        searchable
        data={[...providers]}
        value={state.provider}
        onChange={(provider) => onChange({ provider })}
      />
      <Select
        aria-label="Meter"
        placeholder="All meters"
        clearable
        searchable
        data={METER_NAMES.map((value) => ({ value, label: valueName('meter', value) }))}
        value={state.meter}
        onChange={(meter) => onChange({ meter })}
      />
      <Select
        aria-label="Mode"
        placeholder="All modes"
        clearable
        data={MODES.filter((value) => value !== 'unknown').map((value) => ({
          value,
          label: valueName('mode', value),
        }))}
        value={state.mode}
        onChange={(mode) => onChange({ mode })}
      />
      <TextInput
        aria-label="Region"
        placeholder="All regions, e.g. us-east-1"
        value={region}
        onChange={({ currentTarget: { value } }) => {
          setRegion(value);
          search({ region: value.trim() === '' ? null : value.trim() });
        }}
      />
      {isFiltered(state) && (
        <UnstyledButton
          className={classes.clear}
          onClick={() => {
            setText('');
            setRegion('');
            onChange({ text: '', provider: null, meter: null, mode: null, region: null });
          }}
        >
          Clear all
        </UnstyledButton>
      )}
    </div>
  );
}

type Info = Output<'catalog.info'>;

function Staleness({ info }: { readonly info: Info }) {
  const format = useFormat();
  const today = new Date().toISOString().slice(0, 10);
  const age = ageInDays(info.seenTo, today);
  if (age === null || !isStale(age)) return null;
  return (
    <Note tone="caution">
      The newest price was seen on {format.day(info.seenTo ?? '')}, {age} days ago. Prices may have changed
      since; usage after that day is priced as seen then.
    </Note>
  );
}

type FootProps = { readonly info: Info; readonly found: number | null; readonly filtered: boolean };

function Foot({ info, found, filtered }: FootProps) {
  const format = useFormat();
  return (
    <div className={classes.foot}>
      <span>
        {filtered && found !== null ? `${format.count(found)} of ` : ''}
        {format.count(info.prices)} prices
      </span>
      <span>{format.count(info.models)} models</span>
      <span>catalog {info.version}</span>
      <span>
        seen{' '}
        {info.seenFrom === null
          ? 'on days not known'
          : format.period({ from: info.seenFrom, to: info.seenTo ?? info.seenFrom })}
      </span>
      <Popover width={520} position="top-start">
        <Popover.Target>
          <UnstyledButton className={classes.clear}>{info.sources.length} sources</UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown tabIndex={0} mah="70vh" className={classes.sources}>
          <Table fz="xs" verticalSpacing={2}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Source</Table.Th>
                <Table.Th>Kind</Table.Th>
                <Table.Th ta="right">Prices</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {info.sources.map(({ id, title, kind, prices }) => (
                <Table.Tr key={id}>
                  <Table.Td>{title}</Table.Td>
                  <Table.Td>{kind.replaceAll('_', ' ')}</Table.Td>
                  <Table.Td ta="right">{format.count(prices)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Popover.Dropdown>
      </Popover>
      <span className={classes.keys}>Enter opens a price</span>
    </div>
  );
}

type DetailProps = { readonly row: CatalogRow; readonly sourceTitles: ReadonlyMap<string, string> };

function PriceDetail({ row, sourceTitles }: DetailProps) {
  const format = useFormat();
  const question = questionFor(row);
  const facts = [
    ['Provider', row.provider],
    ['Meter', valueName('meter', row.meter)],
    ['Mode', valueName('mode', row.mode)],
    ['Term', valueName('term', row.term)],
    ['Variant', row.variant ?? 'none'],
    ['Region', regionText(row)],
    ['Region tier', row.regionTier === null ? 'not named: any' : valueName('regionTier', row.regionTier)],
    ['Context', valueName('contextBand', row.contextBand)],
    ['Holds', effectiveText(row, format) ?? 'no dates stated'],
    ['Seen', row.seen === null ? 'not known' : format.day(row.seen)],
    ['Source', sourceTitles.get(row.source) ?? row.source],
    ['Confidence', row.confidence],
    ['Note', row.note ?? 'none'],
    ['Id', row.id],
  ] as const;
  return (
    <div className={classes.ask}>
      <div>
        <h3 className={classes.model}>{row.model ?? 'Feature without a model'}</h3>
        <p className={classes.amount}>
          {format.unitPrice(row.usd, row.currency)} <span>/ {unitOf(row)}</span>
        </p>
      </div>
      <dl className={classes.facts}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {question !== null && (
        <>
          <h3 className={classes.model}>What a line with this key is priced at</h3>
          <Answers question={question} sourceTitles={sourceTitles} />
        </>
      )}
    </div>
  );
}
