// Two to four scenarios side by side: what each starts from, both headlines, levers, models, months; differences to the first.
import { Button, Group, Select } from '@mantine/core';
import { IconColumns3, IconCopy } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import { COMPARE_LIMIT } from '../../../shared/contract/scenario-compare.ts';
import { openScreen, useScreenKeys } from '../../app/navigation.ts';
import { useNotice } from '../../app/notice.tsx';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { EmptyState, ErrorState, Note, Skeleton } from '../../ui/states.tsx';
import classes from './compare.module.css';
import { type Candidate, candidatesOf, chosenKeys, withChoice } from './compare-choice.ts';
import { CompareTable } from './compare-table.tsx';
import { comparisonText } from './compare-text.ts';
import { LETTERS } from './compare-words.ts';
import { keptDraft } from './use-draft.ts';

type Comparison = Output<'scenario.compare'>;

export function CompareScreen() {
  const info = useEngine('workspace.info', {});
  const list = useEngine('scenario.list', {});
  const failed = info.error ?? list.error;
  if (failed !== null) {
    return (
      <ErrorState
        title="The scenarios could not be read"
        message={failed.message}
        safe="Saved scenarios are not touched."
        onRetry={() => {
          void info.refetch();
          void list.refetch();
        }}
      />
    );
  }
  if (info.data === undefined || list.data === undefined) return <Skeleton height={80} rows={5} />;
  return <Chooser workspace={info.data.path} saved={list.data.scenarios} />;
}

type ChooserProps = {
  readonly workspace: string;
  readonly saved: Output<'scenario.list'>['scenarios'];
};

function Chooser({ workspace, saved }: ChooserProps) {
  const format = useFormat();
  const [{ of = '' }, change] = useScreenKeys();
  const candidates = useMemo(
    () => candidatesOf(saved, keptDraft(workspace), (savedAt) => format.dateTime(savedAt)),
    [saved, workspace, format],
  );
  const keys = chosenKeys(of, candidates);
  const chosen = keys.flatMap((key) => candidates.find((candidate) => candidate.key === key) ?? []);
  if (candidates.length < 2) {
    return (
      <EmptyState
        title="Two scenarios are needed"
        icon={<IconColumns3 size={32} stroke={1.2} />}
        actions={<Button onClick={() => openScreen('scenario')}>Go to scenarios</Button>}
      >
        Save a scenario, change it and save it as a copy: then they can stand side by side.
      </EmptyState>
    );
  }
  return (
    <div className={classes.screen}>
      <div className={classes.slots}>
        {LETTERS.slice(0, Math.min(COMPARE_LIMIT, candidates.length)).map((letter, slot) => (
          <Select
            key={letter}
            size="xs"
            label={slot === 0 ? `${letter}: compared with` : letter}
            placeholder={slot < 2 ? 'Choose a scenario' : 'None'}
            data={candidates.map(({ key, label }) => ({ value: key, label }))}
            value={keys[slot] ?? null}
            clearable={slot >= 2}
            disabled={slot > keys.length}
            searchable
            onChange={(key) => change({ of: withChoice(keys, slot, key).join() })}
          />
        ))}
      </div>
      {chosen.length < 2 ? (
        <EmptyState title="Choose a second scenario" icon={<IconColumns3 size={32} stroke={1.2} />}>
          Differences are taken to the first.
        </EmptyState>
      ) : (
        <Compared chosen={chosen} />
      )}
    </div>
  );
}

function Compared({ chosen }: { readonly chosen: readonly Candidate[] }) {
  const { say } = useNotice();
  const compared = useEngine('scenario.compare', { scenarios: chosen.map(({ scenario }) => scenario) });
  if (compared.error !== null) {
    return (
      <ErrorState
        title="The scenarios could not be compared"
        message={compared.error.message}
        safe="The scenarios themselves are kept."
        onRetry={() => void compared.refetch()}
      />
    );
  }
  if (compared.data === undefined) return <Skeleton height={32} rows={12} />;
  const { data } = compared;
  return (
    <section className={classes.scroll} aria-label="Comparison" aria-busy={compared.isPlaceholderData}>
      <Warnings compared={data} />
      <CompareTable compared={data} />
      <Group justify="flex-end" pb="md">
        <Button
          variant="default"
          leftSection={<IconCopy size={14} />}
          onClick={() => {
            void window.navigator.clipboard
              .writeText(comparisonText(data))
              .then(() => say('Copied the comparison as a table'));
          }}
        >
          Copy as a table
        </Button>
      </Group>
    </section>
  );
}

/** What is not subtracted stands before the figures, not under them. */
function Warnings({ compared: { scenarios } }: { readonly compared: Comparison }) {
  const lines = scenarios.flatMap(({ name, differs, cashDiffers }, index) =>
    differs.length + cashDiffers.length === 0
      ? []
      : [
          {
            letter: LETTERS[index] ?? '',
            name,
            what: differs.length > 0 ? 'Nothing is subtracted.' : 'Its cash is not subtracted.',
            why: [...differs, ...cashDiffers].join(' '),
          },
        ],
  );
  if (lines.length === 0) return null;
  return (
    <Note tone="caution">
      {lines.map(({ letter, name, what, why }) => (
        <p key={letter} className={classes.warning}>
          <strong>
            {letter}, {name}: {what}
          </strong>{' '}
          {why}
        </p>
      ))}
    </Note>
  );
}
