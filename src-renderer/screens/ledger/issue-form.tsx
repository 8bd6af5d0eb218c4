// Asks before a statement is issued, and for the reason where something is open.
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useNotice } from '../../app/notice.tsx';
import { call } from '../../bridge.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Note } from '../../ui/states.tsx';
import type { PayerClose } from './close-panel.tsx';
import classes from './ledger.module.css';

type Props = {
  readonly period: string;
  readonly by: string;
  readonly close: PayerClose;
  readonly onClose: () => void;
};

export function IssueForm({ period, by, close: { payer, ready, steps }, onClose }: Props) {
  const format = useFormat();
  const { say } = useNotice();
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const open = steps.filter(({ step, done }) => step !== 'publish' && !done).flatMap(({ says }) => says);
  const issue = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    call('ledger.issue', { period, payer, by, accept: ready ? null : reason, note: note.trim() })
      .then(() => {
        say(`${format.month(period)} is closed`);
        onClose();
      })
      .catch((error: unknown) => setFailure(error instanceof Error ? error.message : String(error)))
      .finally(() => setBusy(false));
  };
  return (
    <Modal opened onClose={onClose} centered title={`Issue the statement of ${format.month(period)}`}>
      <form className={classes.form} onSubmit={issue}>
        <Note tone={ready ? 'info' : 'caution'}>
          {ready
            ? 'Import, tie-out and review are settled. The statement never changes afterwards.'
            : open.map((sentence) => (
                <p key={sentence} className={classes.noteLine}>
                  {sentence}
                </p>
              ))}
        </Note>
        {!ready && (
          <TextInput
            label="Why it is issued all the same"
            description="The reason stands on the statement."
            data-autofocus
            maxLength={1000}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
        )}
        <TextInput
          label="Note"
          data-autofocus={ready ? true : undefined}
          maxLength={1000}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        {failure !== null && <Note tone="danger">{failure}</Note>}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Not yet
          </Button>
          <Button type="submit" loading={busy} disabled={!ready && reason.trim() === ''}>
            Issue
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
