// Asks twice before a payer or a period is deleted for good: what would go, and its name typed by hand.

import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Output } from '../../shared/contract/methods.ts';
import { payerText } from '../../shared/domain/ledger/payer.ts';
import type { Format } from '../../shared/format/format.ts';
import { call } from '../bridge.ts';
import { useEngine } from '../engine.ts';
import { useFormat } from '../ui/format-context.ts';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { Note } from '../ui/states.tsx';
import classes from './forget-form.module.css';
import { useNotice } from './notice.tsx';

type Left = Pick<Output<'ledger.forget'>, 'copies' | 'remains'>;
type Props = { readonly payer: string; readonly period: string; readonly onClose: () => void };

export function ForgetForm({ payer, period, onClose }: Props) {
  const format = useFormat();
  const { say } = useNotice();
  const [whole, setWhole] = useState(false);
  const [typed, setTyped] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [left, setLeft] = useState<Left | null>(null);
  const scope = { payer, period: whole ? null : period };
  const found = useEngine('ledger.forgettable', scope, { enabled: left === null && !busy });
  const name = whole ? payer : period;
  const forget = (event: FormEvent): void => {
    event.preventDefault();
    if (typed !== name) return;
    setBusy(true);
    call('ledger.forget', scope)
      .then((done) => {
        const size = `${format.bytes(done.bytesBefore)} before, ${format.bytes(done.bytesAfter)} now`;
        say(`Forgotten; the workspace file was written anew: ${size}`);
        if (done.copies.length === 0 && done.remains === null) onClose();
        else setLeft(done);
      })
      .catch((error: unknown) => setFailure(error instanceof Error ? error.message : String(error)))
      .finally(() => setBusy(false));
  };
  if (left !== null) return <Remains left={left} onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} centered title={`Forget payer ${payerText(payer)}`}>
      <Stack component="form" gap={12} onSubmit={forget}>
        <SegmentedControl
          aria-label="What to forget"
          value={whole ? 'payer' : 'period'}
          data={[
            { value: 'period', label: `Only ${format.month(period)}` },
            { value: 'payer', label: 'Everything of this payer' },
          ]}
          onChange={(value) => {
            setWhole(value === 'payer');
            setTyped('');
          }}
        />
        <Note tone="danger">
          {found.data === undefined
            ? (found.error?.message ?? 'Counting …')
            : `${whatGoes(found.data, format)} go for good. No byte of them remains in the workspace; it cannot be undone, and no backup is made before. The daily backups beside the workspace hold them, too: they go along. The export files are not touched.`}
        </Note>
        <TextInput
          label={`Type ${name} to go on`}
          data-autofocus
          autoComplete="off"
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value.trim())}
        />
        {failure !== null && <Note tone="danger">{failure}</Note>}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Keep
          </Button>
          <Button type="submit" color="red" loading={busy} disabled={typed !== name || found.isError}>
            Forget for good
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

type Forgettable = Output<'ledger.forgettable'>;

const PARTS: readonly (readonly [
  part: Exclude<keyof Forgettable, 'schemaVersion'>,
  one: string,
  many: string,
])[] = [
  ['lineItems', 'line', 'lines'],
  ['deliveries', 'delivery', 'deliveries'],
  ['figures', 'invoice figure', 'invoice figures'],
  ['restatements', 'recorded restatement', 'recorded restatements'],
  ['billWords', 'label of a bill', 'labels of bills'],
  ['statements', 'issued statement', 'issued statements'],
];

/** Everything there is any of, counted. */
function whatGoes(found: Forgettable, format: Format): string {
  const counted = PARTS.filter(([part]) => found[part] > 0).map(
    ([part, one, many]) => `${format.count(found[part])} ${found[part] === 1 ? one : many}`,
  );
  const last = counted.pop() ?? '';
  return counted.length === 0 ? last : `${counted.join(', ')} and ${last}`;
}

function Remains({
  left: { copies, remains },
  onClose,
}: {
  readonly left: Left;
  readonly onClose: () => void;
}) {
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={copies.length === 0 ? 'Old bytes are still on the disk' : 'Copies still hold it'}
    >
      <Stack gap={12}>
        {remains !== null && <Note tone="caution">{remains}</Note>}
        {copies.length > 0 && (
          <Note tone="caution">
            Assay kept these backups of the workspace when it was brought up to date. They still hold what was
            forgotten; delete them yourself.
            {copies.map((copy) => (
              <p key={copy} className={classes.path}>
                {copy}
              </p>
            ))}
          </Note>
        )}
        <Group justify="flex-end">
          <Button data-autofocus onClick={onClose}>
            Done
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
