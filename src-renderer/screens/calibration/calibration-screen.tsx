// Published figures against ours: what agrees, what does not and why, and what nobody can compute from a bill.
import { Drawer, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import {
  DOCUMENT_IDS,
  DOCUMENTS,
  type DocumentId,
  VERDICTS,
  type Verdict,
} from '../../../shared/domain/calibration/example.ts';
import {
  EXAMPLE_KIND_NAMES,
  exampleFigures,
  publishedText,
  VERDICT_NAMES,
} from '../../../shared/format/calibration.ts';
import type { Format } from '../../../shared/format/format.ts';
import { useScreenKeys } from '../../app/navigation.ts';
import { useNotice } from '../../app/notice.tsx';
import { useEngine } from '../../engine.ts';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { ErrorState, Note, Skeleton } from '../../ui/states.tsx';
import { useSearchText } from '../../ui/use-search-text.ts';
import { Unknown } from '../../ui/values.tsx';
import classes from './calibration.module.css';
import {
  type Calibration,
  type CalibrationRow,
  type CalibrationState,
  readCalibrationState,
  shownExamples,
  writeCalibrationState,
} from './calibration-state.ts';

export function CalibrationScreen() {
  const [own, changeKeys] = useScreenKeys();
  const state = useMemo(() => readCalibrationState(own), [own]);
  const set = (part: Partial<CalibrationState>, replace = false): void =>
    changeKeys(writeCalibrationState({ ...state, ...part }), replace);
  const { data, error, refetch } = useEngine('catalog.calibrate', {});
  const rows = useMemo(() => (data === undefined ? [] : shownExamples(data.rows, state)), [data, state]);
  if (error !== null) {
    return (
      <ErrorState
        title="The examples could not be computed"
        message={error.message}
        safe="Prices and imported lines are as they were."
        onRetry={() => void refetch()}
      />
    );
  }
  if (data === undefined) return <Skeleton height={28} rows={14} label="Computing the examples" />;
  const open = data.rows.find(({ id }) => id === state.open) ?? null;
  return (
    <div className={classes.screen}>
      <Counts calibration={data} state={state} onChoose={(verdict) => set({ verdict })} />
      <Drift rows={data.rows} />
      <Filters state={state} onChange={set} />
      <ExampleGrid rows={rows} open={state.open} onOpen={({ id }) => set({ open: id })} />
      <Drawer
        opened={open !== null}
        onClose={() => set({ open: null })}
        position="right"
        size={520}
        title="Example"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {open !== null && <ExampleDetail row={open} />}
      </Drawer>
    </div>
  );
}

type CountsProps = {
  readonly calibration: Calibration;
  readonly state: CalibrationState;
  readonly onChoose: (verdict: Verdict | null) => void;
};

function Counts({ calibration: { verdicts, kinds, rows }, state, onChoose }: CountsProps) {
  const format = useFormat();
  const checkable = kinds.filter(({ kind }) => kind !== 'open').reduce((sum, { count }) => sum + count, 0);
  return (
    <section className={classes.strip} aria-label="Figures">
      <Figure
        label="Published figures"
        size="lead"
        value={format.count(rows.length)}
        detail={`${format.count(checkable)} can be computed or looked up`}
      />
      {verdicts.map(({ verdict, count }) => (
        <Figure
          key={verdict}
          label={VERDICT_NAMES[verdict]}
          value={format.count(count)}
          detail={
            <button
              type="button"
              className={classes.choose}
              aria-pressed={state.verdict === verdict}
              onClick={() => onChoose(state.verdict === verdict ? null : verdict)}
            >
              {state.verdict === verdict ? 'show all' : 'show these'}
            </button>
          }
        />
      ))}
    </section>
  );
}

/** Says so when the catalog has moved away from what an example says of it. */
function Drift({ rows }: { readonly rows: readonly CalibrationRow[] }) {
  const lost = rows.filter(({ holds }) => !holds);
  if (lost.length === 0) return null;
  return (
    <Note tone="caution">
      With the present catalog our figure no longer supports what is said of:{' '}
      {lost.map(({ says }) => says).join('; ')}.
    </Note>
  );
}

type FilterProps = {
  readonly state: CalibrationState;
  readonly onChange: (part: Partial<CalibrationState>, replace?: boolean) => void;
};

function Filters({ state, onChange }: FilterProps) {
  const [text, setText] = useSearchText(state.text, (value) => onChange({ text: value }, true));
  return (
    <div className={classes.filters} role="search" aria-label="Narrow the examples">
      <TextInput
        aria-label="Search"
        placeholder="Search claims and notes"
        leftSection={<IconSearch size={14} />}
        className={classes.search}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Select
        aria-label="Publication"
        placeholder="Every publication"
        clearable
        data={DOCUMENT_IDS.map((id) => ({ value: id, label: DOCUMENTS[id].title }))}
        value={state.document}
        onChange={(document) => onChange({ document: document as DocumentId | null })}
        className={classes.source}
      />
      <Select
        aria-label="Verdict"
        placeholder="Every verdict"
        clearable
        data={VERDICTS.map((verdict) => ({ value: verdict, label: VERDICT_NAMES[verdict] }))}
        value={state.verdict}
        onChange={(verdict) => onChange({ verdict: verdict as Verdict | null })}
      />
    </div>
  );
}

type GridProps = {
  readonly rows: readonly CalibrationRow[];
  readonly open: string | null;
  readonly onOpen: (row: CalibrationRow) => void;
};

function ExampleGrid({ rows, open, onOpen }: GridProps) {
  const format = useFormat();
  const { say } = useNotice();
  const columns = useMemo(() => exampleColumns(format), [format]);
  return (
    <section className={classes.grid} aria-label="Examples">
      <Grid<CalibrationRow>
        label="Examples"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        onActivate={onOpen}
        activeKey={open}
        height="fill"
        empty="No example matches. Take off a filter."
        onCopied={(count) => say(`Copied ${count} examples`)}
      />
    </section>
  );
}

/** Names short enough for a column; the detail has the title. */
const DOCUMENT_SHORT: Readonly<Record<DocumentId, string>> = {
  finout: 'Finout',
  article: 'Article',
  opslyft: 'Opslyft',
  layers: 'Layers',
  redress: 'Redress',
};

function exampleColumns(format: Format): readonly GridColumn<CalibrationRow>[] {
  return [
    {
      id: 'title',
      header: 'Publication',
      kind: 'text',
      width: 96,
      value: ({ document }) => DOCUMENT_SHORT[document],
    },
    { id: 'says', header: 'Claim', kind: 'text', width: 280, grow: 3, value: ({ says }) => says },
    {
      id: 'published',
      header: 'Published',
      kind: 'number',
      width: 124,
      sortable: false,
      value: ({ published, unit }) => publishedText(published, unit, format),
    },
    {
      id: 'ours',
      header: 'Ours',
      kind: 'number',
      width: 124,
      sortable: false,
      value: ({ ours, unit }) => (ours === null ? null : exampleFigures(ours, unit, format)),
      render: ({ ours, unit, note }) =>
        ours === null ? (
          <Unknown why={note} />
        ) : (
          <span title={exampleFigures(ours, unit, format)}>{exampleFigures(ours, unit, format)}</span>
        ),
    },
    {
      id: 'verdict',
      header: 'Verdict',
      kind: 'text',
      width: 150,
      value: ({ verdict }) => VERDICT_NAMES[verdict],
      render: ({ verdict }) => (
        <span className={classes.verdict} data-verdict={verdict}>
          {VERDICT_NAMES[verdict]}
        </span>
      ),
    },
    { id: 'note', header: 'Why', kind: 'text', width: 230, grow: 4, value: ({ note }) => note },
  ];
}

function ExampleDetail({ row }: { readonly row: CalibrationRow }) {
  const format = useFormat();
  const facts = [
    ['Publication', row.title],
    ['Its date', row.documentDate === null ? 'none stated' : format.day(row.documentDate)],
    ['Kind', EXAMPLE_KIND_NAMES[row.kind]],
    ['Published', publishedText(row.published, row.unit, format)],
    ['Ours', row.ours === null ? 'not computable' : exampleFigures(row.ours, row.unit, format)],
    ['Unit', row.unit],
    ['Made of', row.inputs === '' ? 'nothing a bill or a price list holds' : row.inputs],
    ['Prices of', row.kind === 'price' && row.day !== null ? format.day(row.day) : 'none used'],
    ['Verdict', VERDICT_NAMES[row.verdict]],
  ] as const;
  return (
    <div className={classes.detail}>
      <h3 className={classes.claim}>{row.says}</h3>
      {row.note !== '' && <p className={classes.note}>{row.note}</p>}
      <dl className={classes.facts}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
