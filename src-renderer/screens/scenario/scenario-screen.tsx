// What would change: a baseline, levers in order, a commitment; answered while the sliders move.
import { Button, Group, Menu, Text, VisuallyHidden } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconFlask, IconPlus, IconZoomMoney } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import { DEFAULT_CLASS_TERMS } from '../../../shared/domain/commitment/agreement.ts';
import type { Period } from '../../../shared/domain/spend/vocabulary.ts';
import type { LedgerEntry } from '../../../shared/domain/whatif/answer.ts';
import { horizonStart } from '../../../shared/domain/whatif/months.ts';
import { LEVER_KINDS, type LeverKind } from '../../../shared/domain/whatif/scenario.ts';
import { startPeriod } from '../../../shared/domain/whatif/start-period.ts';
import { openScreen } from '../../app/navigation.ts';
import { useEngine } from '../../engine.ts';
import { dimensionChoices } from '../../ui/dimension-choices.ts';
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx';
import { BaselineCard } from './baseline-card.tsx';
import { CommitmentCard } from './commitment-card.tsx';
import { newCommitment, newScenario } from './draft.ts';
import { FilterField } from './filter-field.tsx';
import { Labs } from './labs.tsx';
import { LeverCard } from './lever-card.tsx';
import { NoteField } from './note-field.tsx';
import { openQuestions } from './open-questions.ts';
import { PriceCard } from './price-card.tsx';
import { RealisedPanel } from './realised-panel.tsx';
import { Results } from './results.tsx';
import classes from './scenario.module.css';
import { ScenarioBar } from './scenario-bar.tsx';
import { TrendsCard } from './trends-card.tsx';
import { useAnswer } from './use-answer.ts';
import { useDraft } from './use-draft.ts';
import { useFiles } from './use-files.ts';
import { useLeverFocus } from './use-lever-focus.ts';
import { useLeverOrder } from './use-lever-order.ts';
import { part, useParts } from './use-parts.ts';
import { LEVER_HINTS, LEVER_TITLES } from './words.ts';

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
  const { answer, answered, baseline, failure, stale, retry } = useAnswer(scenario);
  const currency = answer?.currency ?? info.currencies[0] ?? 'USD';
  const dimensions = useMemo(
    () => dimensionChoices(info.tagKeys, info.costCategories, TIME_AND_MONEY),
    [info.tagKeys, info.costCategories],
  );
  const questions = openQuestions(scenario);
  const order = useLeverOrder(scenario.levers, edit);
  const models = unique(baseline?.vectors.map(({ model }) => model) ?? []);
  const providers = unique(baseline?.vectors.flatMap(({ provider }) => provider ?? []) ?? []);
  const entryOf = (id: string): LedgerEntry | null =>
    answer?.ledger.find(({ leverId }) => leverId === id) ?? null;
  return (
    <div className={classes.screen}>
      <ScenarioBar draft={draft} files={files} fresh={fresh} />
      <div className={classes.columns}>
        <div className={classes.inputs} {...part('What changes')}>
          <NoteField note={scenario.note} onEdit={edit} />
          <BaselineCard
            scenario={scenario}
            months={info.months}
            held={info.days}
            dimensions={dimensions}
            answer={answer}
            onEdit={edit}
          />
          {scenario.levers.map((lever, index) => (
            <LeverCard
              key={lever.id}
              lever={lever}
              position={index + 1}
              count={scenario.levers.length}
              order={order.orderOf(index)}
              currency={currency}
              questions={questions.filter(({ leverId }) => leverId === lever.id)}
              entry={lever.enabled ? entryOf(lever.id) : null}
              onEdit={edit}
              scope={
                <FilterField
                  label="Applies to"
                  empty="All usage of the baseline"
                  filters={lever.scope}
                  dimensions={dimensions}
                  onChange={(scope) => edit({ type: 'setLever', id: lever.id, part: { scope } }, null)}
                />
              }
            />
          ))}
          <VisuallyHidden role="status">{order.said}</VisuallyHidden>
          <LeverAdder
            onAdd={(kind) => edit({ type: 'addLever', kind }, null)}
            first={scenario.levers.length === 0}
          />
          <PriceCard scenario={scenario} models={models} onEdit={edit} />
          <TrendsCard
            scenario={scenario}
            models={models}
            dimensions={dimensions}
            nextMonth={horizonStart(scenario.horizon.startMonth, scenario.baseline.period.to)}
            onEdit={edit}
          />
          <CommitmentCard
            commitment={scenario.commitment}
            currency={currency}
            providers={providers}
            questions={questions.filter(({ leverId }) => leverId === null)}
            onEdit={edit}
            onStart={() =>
              edit(
                {
                  type: 'set',
                  part: {
                    commitment: newCommitment(
                      `${scenario.baseline.period.to.slice(0, 4)}-01-01`,
                      DEFAULT_CLASS_TERMS,
                    ),
                  },
                },
                null,
              )
            }
          />
        </div>
        <div
          className={classes.results}
          {...part('What it comes to')}
          aria-busy={stale}
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
          {answer !== null && baseline !== null && answered !== null && (
            <Results
              answer={answer}
              scenario={answered}
              labs={<Labs scenario={answered} baseline={baseline} currency={currency} onEdit={edit} />}
            />
          )}
          <RealisedPanel
            key={draft.savedId}
            savedId={draft.savedId}
            changed={draft.changed}
            scenario={scenario}
          />
        </div>
      </div>
    </div>
  );
}

/** Dimensions that would cut the baseline apart from its period or its currency. */
const TIME_AND_MONEY = [
  'hour',
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'fiscalPeriod',
  'commitYear',
  'currency',
  'lineClass',
];

type AdderProps = { readonly first: boolean; readonly onAdd: (kind: LeverKind) => void };

function LeverAdder({ first, onAdd }: AdderProps) {
  const [opened, setOpened] = useState(false);
  useHotkeys([['alt+A', () => setOpened(true), { usePhysicalKeys: true }]], []);
  return (
    <Group gap="sm">
      <Menu position="bottom-start" width={340} opened={opened} onChange={setOpened}>
        <Menu.Target>
          <Button variant={first ? 'filled' : 'default'} leftSection={<IconPlus size={14} />} data-add-lever>
            Add lever
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={420} style={{ overflow: 'auto' }}>
          {LEVER_KINDS.map((kind) => (
            <Menu.Item key={kind} onClick={() => onAdd(kind)}>
              {LEVER_TITLES[kind]}
              <Text size="xs" c="dimmed">
                {LEVER_HINTS[kind]}
              </Text>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {first && (
        <Button
          variant="default"
          leftSection={<IconZoomMoney size={14} />}
          onClick={() => openScreen('savings')}
        >
          Find savings
        </Button>
      )}
      <Text size="xs" c="dimmed">
        {first ? 'Nothing changes yet.' : 'Levers act in this order.'}
      </Text>
    </Group>
  );
}

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();
