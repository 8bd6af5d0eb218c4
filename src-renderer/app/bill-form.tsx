// Says what a bill is: its kind, the user's own label, and how far that reaches; or takes the word away again.

import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Input, Output } from '../../shared/contract/methods.ts';
import {
  BILL_KIND_FACTS,
  BILL_KINDS,
  BILL_REACHES,
  type BillKind,
  type BillReach,
} from '../../shared/domain/ledger/bill-kind.ts';
import { payerText } from '../../shared/domain/ledger/payer.ts';
import { call } from '../bridge.ts';
import { useFormat } from '../ui/format-context.ts';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { Note } from '../ui/states.tsx';
import { useNotice } from './notice.tsx';

type Bill = Output<'ledger.coverage'>['exports'][number]['bill'];
type Scope = Input<'ledger.sayBill'>['scope'];

type Props = {
  readonly payer: string;
  readonly period: string;
  /** Null where the bill is known by its invoice only. */
  readonly report: string | null;
  readonly bill: Bill;
  /** How far a first word reaches unless the user says otherwise. */
  readonly reach?: BillReach;
  readonly onClose: () => void;
};

export function BillForm({ payer, period, report, bill, reach: first = 'period', onClose }: Props) {
  const format = useFormat();
  const { say } = useNotice();
  const [kind, setKind] = useState<BillKind>(bill?.kind ?? 'own_invoice');
  const [label, setLabel] = useState(bill?.label ?? '');
  const [reach, setReach] = useState<BillReach>(bill?.reach ?? first);
  const [failure, setFailure] = useState<string | null>(null);
  const scopes: Readonly<Record<BillReach, Scope>> = {
    period: { payer, report, period },
    report: { payer, report },
    payer: { payer },
  };
  const keep = (said: Input<'ledger.sayBill'>['bill'], done: string): void => {
    call('ledger.sayBill', { scope: scopes[reach], bill: said })
      .then(() => {
        say(done);
        onClose();
      })
      .catch((error: unknown) => setFailure(error instanceof Error ? error.message : String(error)));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    keep({ kind, label }, `Kept: ${label.trim() === '' ? BILL_KIND_FACTS[kind].name : label.trim()}`);
  };
  return (
    <Modal opened onClose={onClose} centered title={`What the bill of payer ${payerText(payer)} is`}>
      <Stack component="form" gap={12} onSubmit={submit}>
        <Select
          label="Kind of bill"
          data-autofocus
          allowDeselect={false}
          data={BILL_KINDS.map((value) => ({ value, label: BILL_KIND_FACTS[value].name }))}
          value={kind}
          onChange={(value) => setKind(BILL_KINDS.find((one) => one === value) ?? kind)}
        />
        <TextInput
          label="Your own label"
          description="Stands with every figure of it."
          maxLength={120}
          required={kind === 'other'}
          value={label}
          onChange={({ currentTarget }) => setLabel(currentTarget.value)}
        />
        <SegmentedControl
          aria-label="What it is said of"
          value={reach}
          data={[
            { value: 'period', label: format.month(period) },
            ...(report === null ? [] : [{ value: 'report', label: 'This report, every period' }]),
            { value: 'payer', label: 'Everything of the payer' },
          ]}
          onChange={(value) => setReach(BILL_REACHES.find((one) => one === value) ?? reach)}
        />
        <Note>{meaning(kind)}</Note>
        {failure !== null && <Note tone="danger">{failure}</Note>}
        <Group justify="flex-end" gap="sm">
          {bill?.by === 'user' && (
            <Button variant="subtle" color="red" mr="auto" onClick={() => keep(null, 'Label taken away')}>
              Take away
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit">Keep</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function meaning(kind: BillKind): string {
  const { means, ties } = BILL_KIND_FACTS[kind];
  return `${means} ${ties ? 'It is tied to its invoices.' : 'The tie-out is off for it, and what-ifs count no commitment over it.'} Kept when the export is imported again.`;
}

/** Takes the last word about any bill back. */
export function useUndoBill(): () => void {
  const { say } = useNotice();
  return () => {
    call('ledger.undoBill', {})
      .then(({ undone }) =>
        say(
          `Taken back: ${undone.kind === null ? 'a label that was taken away holds again' : undone.label || BILL_KIND_FACTS[undone.kind].name}`,
        ),
      )
      .catch((error: unknown) => say(error instanceof Error ? error.message : String(error), 'failed'));
  };
}
