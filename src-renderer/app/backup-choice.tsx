// The backups of a damaged workspace: when each was made, what it holds, and which one to go on from.
import { Button, Group, Modal, Radio, Table } from '@mantine/core';
import { useState } from 'react';
import type { BackupInfo } from '../../shared/contract/backups.ts';
import type { Format } from '../../shared/format/format.ts';
import { useFormat } from '../ui/format-context.ts';
import { Note } from '../ui/states.tsx';
import classes from './engine-banner.module.css';

type Props = { readonly backups: readonly BackupInfo[]; readonly onClose: () => void };

export function BackupChoice({ backups, onClose }: Props) {
  const format = useFormat();
  const [chosen, setChosen] = useState(() => backups.find(({ state }) => state === 'sound')?.name ?? null);
  const goOn = (): void => {
    if (chosen === null) return;
    void window.assay.restoreBackup(chosen);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} centered size="xl" title="Go on from a backup">
      <Note>
        A copy of the backup takes the workspace’s place. The damaged file is kept beside it, and nothing is
        deleted. What was imported after the backup was made is imported again from its files.
      </Note>
      <Radio.Group aria-label="Backups" value={chosen} onChange={setChosen}>
        <Table verticalSpacing={4} horizontalSpacing="sm" mt={8}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Made</Table.Th>
              <Table.Th>Holds</Table.Th>
              <Table.Th className={classes.right}>Lines</Table.Th>
              <Table.Th className={classes.right}>Size</Table.Th>
              <Table.Th>File</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {backups.map((backup) => (
              <Table.Tr key={backup.name}>
                <Table.Td>
                  <Radio
                    size="xs"
                    value={backup.name}
                    disabled={backup.state !== 'sound'}
                    label={format.dateTime(backup.at)}
                  />
                </Table.Td>
                <Table.Td>{holdsText(backup, format)}</Table.Td>
                <Table.Td className={classes.right}>
                  {backup.holds === null ? '—' : format.count(backup.holds.lineItems)}
                </Table.Td>
                <Table.Td className={classes.right}>{format.bytes(backup.bytes)}</Table.Td>
                <Table.Td className={classes.file}>{backup.name}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Radio.Group>
      <Group justify="flex-end" gap="sm" mt="lg">
        <Button variant="default" onClick={onClose}>
          Leave it
        </Button>
        <Button data-autofocus disabled={chosen === null} onClick={goOn}>
          Go on from this backup
        </Button>
      </Group>
    </Modal>
  );
}

function holdsText({ holds, problem }: BackupInfo, format: Format): string {
  if (holds === null) return `Cannot be used: ${problem ?? 'it cannot be read'}`;
  const { months, payers, lastImportAt } = holds;
  const [first] = months;
  const last = months.at(-1);
  if (first === undefined || last === undefined) return 'No bill yet';
  const span = first === last ? format.month(first) : `${format.month(first)} to ${format.month(last)}`;
  const imported = lastImportAt === null ? '' : `, last import ${format.dateTime(lastImportAt)}`;
  return `${span}, ${format.count(payers)} payer${payers === 1 ? '' : 's'}${imported}`;
}
