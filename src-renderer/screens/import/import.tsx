// Imports: what runs, what waits for a decision, what came of it, and whether every row and every cent is accounted for.
import { Button, Tabs } from '@mantine/core';
import { IconFileImport, IconFolder, IconTestPipe } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { type ImportActivity, useImportActivity } from '../../app/import-activity.tsx';
import { useScreenKeys } from '../../app/navigation.ts';
import { ScreenActions } from '../../app/screen-actions.tsx';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx';
import { CrossCheck } from './cross-check.tsx';
import { DecisionPanel } from './decision-panel.tsx';
import { EveryLine } from './every-line.tsx';
import { HistoryGrid } from './history-grid.tsx';
import classes from './import.module.css';
import { OutcomePanel } from './outcome-panel.tsx';
import { Proof } from './proof.tsx';
import { RejectedRows } from './rejected-rows.tsx';
import { RunningPanel } from './running-panel.tsx';

const VIEWS = ['history', 'rejected', 'cross-check'] as const;
type View = (typeof VIEWS)[number];

export function Imports() {
  const activity = useImportActivity();
  const history = useEngine('import.history', {});
  const { current, outcomes } = activity.queue;
  const idle = current === null && outcomes.length === 0;
  if (history.isError) {
    return (
      <ErrorState
        title="The imports could not be listed"
        message={history.error.message}
        safe="Nothing was changed in the workspace."
        onRetry={() => void history.refetch()}
      />
    );
  }
  if (history.data === undefined) return <Skeleton height={30} rows={8} label="Reading the imports" />;
  const batches = history.data.batches;
  const everyLine = <EveryLine held={history.data.everyLine} />;
  return (
    <div className={classes.imports}>
      <ScreenActions>
        <Button leftSection={<IconFileImport size={14} />} onClick={() => void activity.pickFiles()}>
          Import files
        </Button>
        <Button
          variant="default"
          leftSection={<IconFolder size={14} />}
          onClick={() => void activity.pickFolder()}
        >
          Import a folder
        </Button>
      </ScreenActions>
      {current?.phase !== 'deciding' && <RunningPanel />}
      {current?.phase === 'deciding' && current.report !== null && (
        <DecisionPanel
          report={current.report}
          onReplace={activity.replace}
          onKeep={activity.keepHeld}
          label={current.job.label}
        />
      )}
      {outcomes.map((outcome) => (
        <OutcomePanel
          key={outcome.job.id}
          outcome={outcome}
          latest={current === null && outcome === outcomes[0]}
          onClose={() => activity.forget(outcome.job.id)}
          onAllowMissing={() => activity.retryWithMissingParts(outcome.job)}
        />
      ))}
      {idle && batches.length === 0 ? (
        <>
          <NothingYet activity={activity} />
          {everyLine}
        </>
      ) : (
        <Views batches={batches} everyLine={everyLine} />
      )}
    </div>
  );
}

type Batches = Parameters<typeof HistoryGrid>[0]['batches'];

function Views({ batches, everyLine }: { readonly batches: Batches; readonly everyLine: ReactNode }) {
  const [keys, change] = useScreenKeys();
  const format = useFormat();
  const view: View = VIEWS.find((candidate) => candidate === keys.view) ?? 'history';
  const rejected = batches
    .filter(({ state }) => state !== 'superseded')
    .reduce((sum, { rows }) => sum + rows.rejected, 0);
  return (
    <Tabs
      value={view}
      onChange={(chosen) => change({ view: chosen === 'history' ? null : chosen })}
      keepMounted={false}
      className={classes.tabs}
    >
      <Tabs.List>
        <Tabs.Tab value="history">History</Tabs.Tab>
        <Tabs.Tab value="rejected">Rejected rows ({format.count(rejected)})</Tabs.Tab>
        <Tabs.Tab value="cross-check">Cross-check</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="history" className={classes.view}>
        <div className={classes.historyHead}>
          <Proof batchId={null} />
          {everyLine}
        </div>
        <HistoryGrid batches={batches} />
      </Tabs.Panel>
      <Tabs.Panel value="rejected" className={classes.view}>
        <RejectedRows batches={batches} />
      </Tabs.Panel>
      <Tabs.Panel value="cross-check" className={classes.view}>
        <CrossCheck />
      </Tabs.Panel>
    </Tabs>
  );
}

function NothingYet({ activity }: { readonly activity: ImportActivity }) {
  return (
    <EmptyState
      title="Nothing is imported yet"
      icon={<IconFileImport size={28} stroke={1.4} />}
      actions={
        <>
          <Button leftSection={<IconFileImport size={14} />} onClick={() => void activity.pickFiles()}>
            Choose files
          </Button>
          <Button variant="default" leftSection={<IconTestPipe size={14} />} onClick={activity.importSample}>
            Try the sample data
          </Button>
        </>
      }
    >
      Drop Cost and Usage Reports on the window, or choose them. Every row read is kept, rolled up or rejected
      with its reason, and the totals are tied to the file.
    </EmptyState>
  );
}
