// Realised against planned: a saved scenario pinned to a day, and what the bills since say of each lever.
import { Button, Group, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { memo, useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import { useNotice } from '../../app/notice.tsx';
import { call } from '../../bridge.ts';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { ErrorState, Note, Skeleton } from '../../ui/states.tsx';
import { RealisedLever } from './realised-lever.tsx';
import classes from './scenario.module.css';

type Realised = Output<'scenario.realised'>;
type Props = {
  readonly savedId: number | null;
  /** Whether the screen shows something else than what is saved. */
  readonly changed: boolean;
  /** Where the months ahead begin: what a plan usually starts with. */
  readonly firstMonth: string;
};

export const RealisedPanel = memo(function RealisedPanel({ savedId, changed, firstMonth }: Props) {
  return (
    <Panel
      title="Realised against planned"
      note="Pin the saved scenario to a day; every bill since is held against it, lever by lever."
    >
      {savedId === null ? (
        <Text size="sm" c="dimmed">
          Save the scenario first: what is pinned is a saved one.
        </Text>
      ) : (
        <Pinned savedId={savedId} changed={changed} firstMonth={firstMonth} />
      )}
    </Panel>
  );
});

function Pinned({ savedId, changed, firstMonth }: Props & { readonly savedId: number }) {
  const asked = useEngine('scenario.realised', { id: savedId }, { keepPrevious: false });
  if (asked.error !== null) {
    return (
      <ErrorState
        title="The plan could not be held against the bills"
        message={asked.error.message}
        safe="The scenario and its plan are kept."
        onRetry={() => void asked.refetch()}
      />
    );
  }
  if (asked.data === undefined) return <Skeleton height={28} rows={3} label="Reading the plan" />;
  return (
    <>
      {changed && (
        <Text size="xs" c="dimmed">
          This is about the saved version, not about the changes on the screen.
        </Text>
      )}
      <PinForm realised={asked.data} firstMonth={firstMonth} />
      <Standing realised={asked.data} />
    </>
  );
}

function PinForm({ realised, firstMonth }: { readonly realised: Realised; readonly firstMonth: string }) {
  const client = useQueryClient();
  const format = useFormat();
  const { say } = useNotice();
  const { plan, scenarioId: id } = realised;
  const [day, setDay] = useState(plan?.startsOn ?? `${firstMonth}-01`);
  const attempt = async (what: string, action: () => Promise<unknown>): Promise<void> => {
    try {
      await action();
      await client.invalidateQueries({ queryKey: ['scenario.realised'] });
      say(what);
    } catch (error) {
      say(`Not done: ${error instanceof Error ? error.message : String(error)}`, 'failed');
    }
  };
  return (
    <Group gap="sm" align="flex-end">
      <TextInput
        type="date"
        label="First day of the plan"
        value={day}
        onChange={({ currentTarget }) => setDay(currentTarget.value)}
      />
      <Button
        variant="default"
        disabled={day === ''}
        onClick={() =>
          void attempt(`Pinned from ${format.day(day)}`, () => call('scenario.pin', { id, startsOn: day }))
        }
      >
        {plan === null ? 'Pin' : 'Pin anew'}
      </Button>
      {plan !== null && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => void attempt('The plan is taken off', () => call('scenario.unpin', { id }))}
        >
          Take the plan off
        </Button>
      )}
    </Group>
  );
}

const WAITING: Readonly<Record<Exclude<Realised['state'], 'running'>, string>> = {
  not_pinned: 'Not pinned yet: nothing is followed.',
  not_started: 'The plan has not started: there is nothing to compare yet.',
  no_later_data: 'The plan has started, but no bill of a day since is imported.',
};

function Standing({ realised }: { readonly realised: Realised }) {
  const format = useFormat();
  const { state, plan, levers, notes, heldTo } = realised;
  if (plan === null || state !== 'running') {
    return (
      <Text size="sm" c="dimmed" mt="sm">
        {WAITING[state === 'running' ? 'not_pinned' : state]}
        {plan !== null && heldTo !== null && ` Bills are held to ${format.day(heldTo)}.`}
      </Text>
    );
  }
  return (
    <>
      {plan.changedSince && (
        <Note tone="caution">The saved scenario was changed since: the plan is as it was pinned.</Note>
      )}
      {levers.map((lever) => (
        <RealisedLever key={lever.leverId} lever={lever} currency={plan.currency} />
      ))}
      <Note>
        {notes.map((note) => (
          <p key={note} className={classes.line}>
            {note}
          </p>
        ))}
      </Note>
    </>
  );
}
