// What would change: a baseline, levers in order, a commitment; answered while the sliders move.
import { Button } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import type { Period } from '../../../shared/domain/spend/vocabulary.ts';
import { horizonStart } from '../../../shared/domain/whatif/months.ts';
import { startPeriod } from '../../../shared/domain/whatif/start-period.ts';
import { openScreen } from '../../app/navigation.ts';
import { useEngine } from '../../engine.ts';
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx';
import { newScenario } from './draft.ts';
import { Inputs } from './inputs.tsx';
import { Labs } from './labs.tsx';
import { RealisedPanel } from './realised-panel.tsx';
import { Results } from './results.tsx';
import classes from './scenario.module.css';
import { ScenarioBar } from './scenario-bar.tsx';
import { ShownAnswerContext, useShowAnswer } from './shown-answer.ts';
import { useAnswer } from './use-answer.ts';
import { useDraft } from './use-draft.ts';
import { useFiles } from './use-files.ts';
import { useLeverFocus } from './use-lever-focus.ts';
import { part, useParts } from './use-parts.ts';

type Info = Output<'workspace.info'>;

export function ScenarioScreen() {
  const info = useEngine('workspace.info', {});
  if (info.error !== null) {
    return (
      <ErrorState
        title="The workspace could not be read"
        message={info.error.message}
        safe="Saved scenarios are not touched."
        onRetry={() => void info.refetch()}
      />
    );
  }
  if (info.data === undefined) return <Skeleton height={120} rows={4} />;
  const period = startPeriod(info.data.months, info.data.days);
  if (period === null || info.data.lineItems === 0) {
    return (
      <EmptyState
        title="A scenario starts from a bill"
        icon={<IconFlask size={32} stroke={1.2} />}
        actions={<Button onClick={() => openScreen('import')}>Import a billing export</Button>}
      >
        Import a billing export first; its usage is what the levers work on.
      </EmptyState>
    );
  }
  return <Workbench info={info.data} period={period} />;
}

function Workbench({ info, period }: { readonly info: Info; readonly period: Period }) {
  const fresh = useMemo(() => newScenario(period), [period]);
  const draft = useDraft(info.path, fresh);
  const files = useFiles(draft);
  useParts();
  const { scenario } = draft;
  const edit = useLeverFocus(scenario.levers, draft.edit);
  const [openRows, setOpenRows] = useState<readonly string[]>([]);
  const toggleRows = useCallback(
    (id: string): void =>
      setOpenRows((open) => (open.includes(id) ? open.filter((one) => one !== id) : [...open, id])),
    [],
  );
  const state = useAnswer(draft, openRows);
  const { answer, answered, rested, baseline, failure, stale, busy, retry } = state;
  const shown = useShowAnswer(answer);
  const currency = answer?.currency ?? info.currencies[0] ?? 'USD';
  const { startMonth } = scenario.horizon;
  return (
    <div className={classes.screen}>
      <ScenarioBar draft={draft} files={files} fresh={fresh} />
      <div className={classes.columns}>
        <ShownAnswerContext value={shown}>
          <Inputs scenario={scenario} baseline={baseline} info={info} currency={currency} onEdit={edit} />
        </ShownAnswerContext>
        <div
          className={classes.results}
          {...part('What it comes to')}
          aria-busy={busy}
          data-stale={stale || undefined}
        >
          {failure !== null && (
            <ErrorState
              title="The scenario could not be computed"
              message={failure}
              safe="The scenario itself is kept."
              onRetry={retry}
            />
          )}
          {answer === null && failure === null && <Skeleton height={96} rows={5} />}
          {answer !== null && answered !== null && rested !== null && (
            <Results
              answer={answer}
              scenario={answered}
              rested={rested.of}
              labs={<Labs scenario={rested.of} baseline={rested.on} currency={currency} onEdit={edit} />}
              openRows={openRows}
              onToggleRows={toggleRows}
            />
          )}
          <RealisedPanel
            key={draft.savedId}
            savedId={draft.savedId}
            changed={draft.changed}
            firstMonth={horizonStart(startMonth, scenario.baseline.period.to)}
          />
        </div>
      </div>
    </div>
  );
}
