// Takes the last import back, after saying what that means.
import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import { useImportActivity } from '../../app/import-activity.tsx';
import { useNotice } from '../../app/notice.tsx';
import { call } from '../../bridge.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Note } from '../../ui/states.tsx';

type Undoable = NonNullable<Output<'import.history'>['undoable']>;

export function UndoButton({ undoable: { batchId, restores, noBackup } }: { readonly undoable: Undoable }) {
  const format = useFormat();
  const { say } = useNotice();
  const { queue, forget } = useImportActivity();
  const [asking, { open, close }] = useDisclosure(false);
  const [busy, setBusy] = useState(false);
  const undo = (): void => {
    setBusy(true);
    call('import.undo', { batchId })
      .then(({ restored, warnings }) => {
        // What was said of it stands no more.
        for (const { job, report } of queue.outcomes) if (report?.batchId === batchId) forget(job.id);
        const periods = [...new Set(restored.map(({ period }) => format.month(period)))].join(', ');
        const done =
          periods === '' ? 'Import taken back' : `Import taken back; ${periods} is as it was before`;
        if (warnings.length === 0) say(done);
        else say(`${done}. ${warnings.join(' ')}`, 'failed');
        close();
      })
      .catch((error: unknown) =>
        say(`Not taken back: ${error instanceof Error ? error.message : String(error)}`, 'failed'),
      )
      .finally(() => setBusy(false));
  };
  return (
    <>
      <Button variant="default" size="compact-sm" leftSection={<IconArrowBackUp size={14} />} onClick={open}>
        Undo this import
      </Button>
      <Modal opened={asking} onClose={close} title="Undo the last import?" size="sm" centered>
        <Text size="sm">
          {restores === 0
            ? 'It replaced nothing: its periods will not be held any more. The files themselves are not touched.'
            : `What it replaced is held again (${format.count(restores)} ${restores === 1 ? 'delivery' : 'deliveries'}), and what it brought is removed. The files themselves are not touched.`}
        </Text>
        {noBackup !== null && (
          <Note tone="caution">
            {noBackup} Without a backup, what the import brought can only be had again from its files.
          </Note>
        )}
        <Group justify="flex-end" gap="sm" mt="lg">
          <Button variant="default" data-autofocus onClick={close}>
            Keep
          </Button>
          <Button color="red" loading={busy} onClick={undo}>
            Undo the import
          </Button>
        </Group>
      </Modal>
    </>
  );
}
