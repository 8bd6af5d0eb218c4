// The workspace's rules in the order in which they are tried: what each decides, whose it is, and how to change it.
import { Button, Drawer } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowDown,
  IconArrowUp,
  IconDownload,
  IconListCheck,
  IconPencil,
  IconTrash,
  IconUpload,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import type { Format } from '../../../shared/format/format.ts';
import { describeOutcome, describePattern } from '../../../shared/format/rules.ts';
import { useNotice } from '../../app/notice.tsx';
import { saveExport } from '../../app/save-export.ts';
import { ScreenActions } from '../../app/screen-actions.tsx';
import { call } from '../../bridge.ts';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridAction, type GridColumn } from '../../ui/grid.tsx';
import { EmptyState, ErrorState, Note, Skeleton } from '../../ui/states.tsx';
import classes from './review.module.css';
import { type Rule, typedForRule } from './rule-draft.ts';
import { RuleForm } from './rule-form.tsx';

export function RulesList({ readOnly }: { readonly readOnly: boolean }) {
  const format = useFormat();
  const { say } = useNotice();
  const answer = useEngine('review.rules', {});
  const [edited, setEdited] = useState<number | null>(null);
  const attempt = async (what: string, act: () => Promise<string | null>): Promise<void> => {
    try {
      const done = await act();
      if (done !== null) say(done);
    } catch (error) {
      say(`${what}: ${error instanceof Error ? error.message : String(error)}`, 'failed');
    }
  };
  if (answer.isError) {
    return (
      <ErrorState
        title="The rules could not be listed"
        message={answer.error.message}
        safe="They are in force as before."
        onRetry={() => void answer.refetch()}
      />
    );
  }
  if (answer.data === undefined) return <Skeleton height={30} rows={6} label="Reading the rules" />;
  const { rules, undo, settling } = answer.data;
  const rule = rules.find(({ number }) => number === edited) ?? null;
  return (
    <div className={classes.rules}>
      <ScreenActions>
        <FileActions count={rules.length} undo={undo} readOnly={readOnly} attempt={attempt} />
      </ScreenActions>
      {settling && (
        <Note>Lines are priced and summed again after a change; catalog amounts settle in a moment.</Note>
      )}
      {rules.length === 0 ? (
        <EmptyState
          title="This workspace has no rules of its own"
          icon={<IconListCheck size={24} stroke={1.5} />}
        >
          Answers to open questions become rules. They stand before the bundled ones, work at once on
          everything held, and can be taken back.
        </EmptyState>
      ) : (
        <Grid
          label="Rules, in the order in which they are tried"
          columns={columnsFor(format)}
          rows={rules}
          rowKey={({ number }) => String(number)}
          onActivate={({ number }) => setEdited(number)}
          onCopied={(count) => say(`${format.count(count)} rows copied`)}
          actions={readOnly ? [] : actionsFor(rules, setEdited, attempt)}
          height="fill"
        />
      )}
      <Drawer
        opened={rule !== null}
        onClose={() => setEdited(null)}
        position="right"
        size={560}
        title={`Rule ${edited ?? ''}`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {rule !== null && (
          <RuleForm
            key={rule.number}
            initial={typedForRule(rule)}
            row={null}
            number={rule.number}
            readOnly={readOnly}
            onDone={() => setEdited(null)}
          />
        )}
      </Drawer>
    </div>
  );
}

type Attempt = (what: string, act: () => Promise<string | null>) => Promise<void>;

function actionsFor(
  rules: readonly Rule[],
  edit: (number: number) => void,
  attempt: Attempt,
): GridAction<Rule>[] {
  const move = (rule: Rule, by: number): void => {
    const to = rules.indexOf(rule) + by;
    if (to < 0 || to >= rules.length) return;
    void attempt('Not moved', async () => {
      const { reclassified } = await call('review.moveRule', { number: rule.number, to });
      return `Rule ${rule.number} moved: ${reclassified} kinds of line classified anew`;
    });
  };
  return [
    { key: 'u', label: 'Try earlier', icon: <IconArrowUp size={14} />, run: (rule) => move(rule, -1) },
    { key: 'd', label: 'Try later', icon: <IconArrowDown size={14} />, run: (rule) => move(rule, 1) },
    { key: 'e', label: 'Change', icon: <IconPencil size={14} />, run: ({ number }) => edit(number) },
    {
      key: 'x',
      label: 'Remove',
      icon: <IconTrash size={14} />,
      run: ({ number }) =>
        void attempt('Not removed', async () => {
          await call('review.removeRule', { number });
          return `Rule ${number} removed; Undo brings it back`;
        }),
    },
  ];
}

type FileProps = {
  readonly count: number;
  readonly undo: Output<'review.rules'>['undo'];
  readonly readOnly: boolean;
  readonly attempt: Attempt;
};

function FileActions({ count, undo, readOnly, attempt }: FileProps) {
  const take = (): Promise<void> =>
    attempt('Not imported', async () => {
      const [file] = await window.assay.pickFiles();
      if (file === undefined) return null;
      const { rules } = await call('review.importRules', { sources: [file.token] });
      return rules === count
        ? `${file.name} holds no rule that is not held already`
        : `${rules - count} rules added from ${file.name}`;
    });
  const give = (): Promise<void> =>
    attempt('Not exported', async () => {
      const saved = await saveExport('rules.json', 'export.rules', (target) => ({ target }));
      return saved === null ? null : `${saved.rows} rules written to ${saved.name}`;
    });
  const takeBack = (): Promise<void> =>
    attempt('Not taken back', async () => {
      await call('review.undo', {});
      return `Taken back: ${undo?.what ?? ''}`;
    });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconArrowBackUp size={14} />}
        disabled={undo === null || readOnly}
        onClick={() => void takeBack()}
      >
        {undo === null ? 'Undo' : `Undo: ${undo.what}`}
      </Button>
      <Button
        variant="default"
        leftSection={<IconUpload size={14} />}
        disabled={readOnly}
        onClick={() => void take()}
      >
        Import rules
      </Button>
      <Button
        variant="default"
        leftSection={<IconDownload size={14} />}
        disabled={count === 0}
        onClick={() => void give()}
      >
        Export rules
      </Button>
    </>
  );
}

function columnsFor(format: Format): GridColumn<Rule>[] {
  return [
    {
      id: 'number',
      header: 'Rule',
      kind: 'number',
      width: 56,
      sortable: false,
      value: ({ number }) => number,
    },
    {
      id: 'pattern',
      header: 'Which lines',
      kind: 'mono',
      width: 220,
      grow: 3,
      sortable: false,
      value: ({ pattern }) => describePattern(pattern),
    },
    {
      id: 'outcome',
      header: 'What they are',
      kind: 'text',
      width: 180,
      grow: 2,
      sortable: false,
      value: ({ outcome }) => describeOutcome(outcome),
    },
    {
      id: 'lineItems',
      header: 'Lines',
      kind: 'number',
      width: 72,
      sortable: false,
      value: ({ lineItems }) => lineItems,
      render: ({ lineItems }) => format.count(lineItems),
    },
    {
      id: 'cost',
      header: 'Unblended',
      kind: 'number',
      width: 100,
      sortable: false,
      value: ({ costs }) =>
        costs.map(({ unblended, currency }) => format.money(unblended, currency)).join(', '),
    },
    { id: 'why', header: 'Why', kind: 'text', width: 140, grow: 2, sortable: false, value: ({ why }) => why },
    {
      id: 'who',
      header: 'Who, when',
      kind: 'text',
      width: 150,
      sortable: false,
      value: ({ author, decidedAt }) => `${author}, ${format.day(decidedAt.slice(0, 10))}`,
    },
  ];
}
