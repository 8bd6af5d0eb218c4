// The answer at a glance: what Bedrock costs on the chosen basis, how it moved, what it is made of, and how well it is known.
import { Button } from '@mantine/core';
import { IconFileImport, IconFilterOff } from '@tabler/icons-react';
import type { Output } from '../../../shared/contract/methods.ts';
import { useImportActivity } from '../../app/import-activity.tsx';
import { type Analysis, openScreen, useAnalysis, useScreenKeys } from '../../app/navigation.ts';
import { ScreenActions } from '../../app/screen-actions.tsx';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { EmptyState, ErrorState, Note, Skeleton } from '../../ui/states.tsx';
import { BreakdownPanel } from './breakdown-panel.tsx';
import { CompositionPanel } from './composition-panel.tsx';
import { FigureStrip } from './figure-strip.tsx';
import classes from './overview.module.css';
import { inCurrency } from './questions.ts';
import { TrendPanel } from './trend-panel.tsx';
import { useRoom } from './use-room.ts';

type Summary = Output<'spend.summary'>;

export function Overview() {
  const analysis = useAnalysis();
  const { days, basis, where, compareTo, ready } = analysis;
  const summary = useEngine('spend.summary', { period: days, basis, where }, { enabled: ready });
  const before = useEngine(
    'spend.summary',
    { period: compareTo, basis, where },
    { enabled: ready && compareTo !== null, keepPrevious: false },
  );
  if (summary.isError) {
    return (
      <ErrorState
        title="The figures could not be read"
        message={summary.error.message}
        safe="Nothing was changed in the workspace."
        onRetry={() => void summary.refetch()}
      />
    );
  }
  if (summary.data === undefined) return <Loading />;
  if (summary.data.blocks.every(({ lineItems }) => lineItems === 0))
    return <NothingFound analysis={analysis} />;
  return (
    <Figures
      analysis={analysis}
      summary={summary.data}
      before={compareTo === null ? null : (before.data ?? null)}
      stale={summary.isPlaceholderData}
    />
  );
}

type FiguresProps = {
  readonly analysis: Analysis;
  readonly summary: Summary;
  readonly before: Summary | null;
  readonly stale: boolean;
};

function Figures({ analysis, summary, before, stale }: FiguresProps) {
  const [keys, changeKeys] = useScreenKeys();
  const room = useRoom();
  const { blocks } = summary;
  const block = blocks.find(({ currency }) => currency === keys.currency) ?? blocks[0];
  if (block === undefined) return null;
  const selection = inCurrency(
    { days: analysis.days, basis: analysis.basis, where: analysis.where },
    block.currency,
    blocks.length > 1,
  );
  const beforeBlock = before?.blocks.find(({ currency }) => currency === block.currency) ?? null;
  return (
    <div className={classes.overview} aria-busy={stale}>
      {blocks.length > 1 && (
        <ScreenActions>
          <SegmentedControl
            aria-label="Currency"
            data={blocks.map(({ currency }) => currency)}
            value={block.currency}
            onChange={(currency) => changeKeys({ currency })}
          />
        </ScreenActions>
      )}
      <FigureStrip analysis={analysis} summary={summary} block={block} before={beforeBlock} />
      <div className={classes.middle}>
        <TrendPanel
          analysis={analysis}
          selection={selection}
          currency={block.currency}
          height={room.trendHeight}
        />
        <CompositionPanel analysis={analysis} summary={summary} block={block} />
      </div>
      <div className={classes.bottom}>
        {room.rankings.map((dimension) => (
          <BreakdownPanel
            key={dimension}
            dimension={dimension}
            rows={room.rankingRows}
            selection={selection}
            currency={block.currency}
          />
        ))}
      </div>
      <Notes summary={summary} />
    </div>
  );
}

/** What a reader should know of the figures: holes, ranges, days that are not complete. */
function Notes({ summary }: { readonly summary: Summary }) {
  if (summary.provenance.notes.length === 0) return null;
  return (
    <Note>
      {summary.provenance.notes.map((note) => (
        <p key={note} className={classes.noteLine}>
          {note}
        </p>
      ))}
    </Note>
  );
}

function NothingFound({ analysis }: { readonly analysis: Analysis }) {
  const format = useFormat();
  const { pickFiles } = useImportActivity();
  const { data: info } = useEngine('workspace.info', {});
  const { days, where, held, change } = analysis;
  const filtered = where.length > 0;
  return (
    <EmptyState
      title={`No Bedrock line ${filtered ? 'matches the filters' : 'was billed'} in ${format.period(days)}`}
      icon={<IconFilterOff size={28} stroke={1.4} />}
      actions={
        <>
          {filtered && <Button onClick={() => change({ where: [] })}>Clear the filters</Button>}
          {analysis.period !== 'all' && (
            <Button variant={filtered ? 'default' : 'filled'} onClick={() => change({ period: 'all' })}>
              Show all held days
            </Button>
          )}
          <Button
            variant="default"
            onClick={() => openScreen('explorer', { own: { scope: 'all', group: 'service' } })}
          >
            See the whole bill
          </Button>
          <Button
            variant="default"
            leftSection={<IconFileImport size={14} />}
            onClick={() => void pickFiles()}
          >
            Import files
          </Button>
        </>
      }
    >
      {held !== null && info !== undefined && (
        <>
          Held: {format.period(held)}, with {format.count(info.lineItems)} Bedrock lines,{' '}
          {format.count(info.candidateLineItems)} of AI-adjacent services and{' '}
          {format.count(info.rolledUpRows)} of other services.
        </>
      )}
    </EmptyState>
  );
}

function Loading() {
  return (
    <div className={classes.overview}>
      <Skeleton height={96} label="Reading the figures" />
      <div className={classes.middle}>
        <Skeleton height={288} />
        <Skeleton height={288} />
      </div>
      <div className={classes.bottom}>
        <Skeleton height={220} />
        <Skeleton height={220} />
        <Skeleton height={220} />
      </div>
    </div>
  );
}
