// What is done with a whole scenario: its name, undo, open, save, copy, delete, export and import.
import { ActionIcon, Button, FileButton, Group, Menu, Modal, Text, TextInput } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChevronDown,
  IconDownload,
  IconFolderOpen,
} from '@tabler/icons-react';
import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { openScreen } from '../../app/navigation.ts';
import { takeScenario } from '../../app/scenario-handover.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Hint } from '../../ui/hint.tsx';
import { PrintReport } from './print-report.tsx';
import classes from './scenario.module.css';
import { TemplateDialog } from './template-dialog.tsx';
import type { Draft } from './use-draft.ts';
import type { Files } from './use-files.ts';

type Props = {
  readonly draft: Draft;
  readonly files: Files;
  readonly fresh: Scenario;
};

export function ScenarioBar({ draft, files, fresh }: Props) {
  const format = useFormat();
  const { scenario, changed, savedId, edit, dispatch } = draft;
  const [leaving, setLeaving] = useState<(() => void) | null>(null);
  const [choosing, { open: chooseTemplate, close: closeTemplates }] = useDisclosure(false);
  const [deleting, { open: askDelete, close: keep }] = useDisclosure(false);
  const { print } = files;
  const printReady = useCallback(() => void print(), [print]);
  /** Runs at once when nothing would be lost, else after the user agreed. */
  const unlessLost = (action: () => void): void => (changed ? setLeaving(() => action) : action());
  const takeOver = useEffectEvent(() => {
    const handed = takeScenario();
    if (handed !== null) unlessLost(() => files.start(handed));
  });
  useEffect(() => takeOver(), []);
  useHotkeys(
    [
      ['mod+Z', () => dispatch({ type: 'undo' })],
      ['mod+shift+Z', () => dispatch({ type: 'redo' })],
      ['mod+S', () => void files.save(savedId)],
    ],
    [],
  );
  return (
    <Group gap="sm" className={classes.bar} role="toolbar" aria-label="Scenario" data-part tabIndex={-1}>
      <TextInput
        aria-label="Name of the scenario"
        className={classes.name}
        maxLength={256}
        value={scenario.name}
        error={scenario.name.trim() === '' ? 'A scenario needs a name' : undefined}
        onChange={({ currentTarget }) => edit({ type: 'set', part: { name: currentTarget.value } }, 'name')}
      />
      <Text size="xs" c="dimmed" aria-live="polite">
        {savedId === null ? 'not saved' : changed ? 'changed since saved' : 'saved'}
      </Text>
      <Group gap={2}>
        <IconAction
          label="Undo (Ctrl Z)"
          disabled={!draft.canUndo}
          onClick={() => dispatch({ type: 'undo' })}
        >
          <IconArrowBackUp size={16} />
        </IconAction>
        <IconAction
          label="Redo (Ctrl Shift Z)"
          disabled={!draft.canRedo}
          onClick={() => dispatch({ type: 'redo' })}
        >
          <IconArrowForwardUp size={16} />
        </IconAction>
      </Group>
      <Group gap="sm" ml="auto">
        <OpenMenu
          {...{ files, unlessLost, format }}
          onNew={() => files.start(fresh)}
          onTemplate={chooseTemplate}
        />
        <Menu position="bottom-end">
          <Menu.Target>
            <Button
              variant="default"
              leftSection={<IconDownload size={14} />}
              rightSection={<IconChevronDown size={12} />}
            >
              Export
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => void files.exportAs('csv')}>Ledger and months, CSV</Menu.Item>
            <Menu.Item onClick={() => void files.printReport()}>Report, PDF</Menu.Item>
            <Menu.Item onClick={() => void files.exportAs('xlsx')}>Workbook with formulas, XLSX</Menu.Item>
            <Menu.Item onClick={() => void files.exportAs('md')}>Report, Markdown</Menu.Item>
            <Menu.Item onClick={() => void files.exportAs('json')}>Scenario and answer, JSON</Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={12} />}>
              More
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => void files.save(null, `${scenario.name}, copy`)}>
              Save as a copy
            </Menu.Item>
            <Menu.Item onClick={() => openScreen('compare')}>Compare with others…</Menu.Item>
            <Menu.Item disabled={savedId === null} color="red" onClick={askDelete}>
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Button
          disabled={files.busy || (savedId !== null && !changed)}
          onClick={() => void files.save(savedId)}
        >
          Save
        </Button>
      </Group>
      {files.printed !== null && <PrintReport report={files.printed} onReady={printReady} />}
      <TemplateDialog
        opened={choosing}
        baseline={scenario.baseline}
        onClose={closeTemplates}
        onStart={(started) => unlessLost(() => files.start(started))}
      />
      <Confirm
        opened={leaving !== null}
        title="Leave unsaved changes?"
        text={`“${scenario.name}” has changes that are not saved.`}
        action="Leave them"
        onClose={() => setLeaving(null)}
        onConfirm={() => leaving?.()}
      />
      <Confirm
        opened={deleting}
        title="Delete the scenario?"
        text={`“${scenario.name}” is taken out of the workspace. What is on the screen stays until you open another one.`}
        action="Delete"
        onClose={keep}
        onConfirm={() => void files.remove(savedId)}
      />
    </Group>
  );
}

type OpenProps = {
  readonly files: Files;
  readonly unlessLost: (action: () => void) => void;
  readonly onNew: () => void;
  readonly onTemplate: () => void;
  readonly format: ReturnType<typeof useFormat>;
};

function OpenMenu({ files, unlessLost, onNew, onTemplate, format }: OpenProps) {
  const [opened, setOpened] = useState(false);
  return (
    <Menu position="bottom-end" width={320} opened={opened} onChange={setOpened}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconFolderOpen size={14} />}
          rightSection={<IconChevronDown size={12} />}
        >
          Open
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflow: 'auto' }}>
        <Menu.Item onClick={() => unlessLost(onNew)}>New scenario</Menu.Item>
        <Menu.Item onClick={onTemplate}>New from template…</Menu.Item>
        <FileButton
          accept="application/json,.json"
          onChange={(file) => {
            // The list holds the file field, so it stays open until a file is chosen.
            setOpened(false);
            if (file !== null) unlessLost(() => void files.importFrom(file));
          }}
        >
          {(props) => (
            <Menu.Item {...props} closeMenuOnClick={false}>
              Import from JSON…
            </Menu.Item>
          )}
        </FileButton>
        <Menu.Divider />
        <Menu.Label>Saved in this workspace</Menu.Label>
        {files.saved.length === 0 && (
          <Text size="xs" c="dimmed" px="sm" py={4}>
            None yet
          </Text>
        )}
        {files.saved.map((one) => (
          <Menu.Item key={one.id} onClick={() => unlessLost(() => files.open(one))}>
            {one.name}
            <Text size="xs" c="dimmed">
              {format.dateTime(one.savedAt)}, {one.scenario.levers.length} levers
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

type ConfirmProps = {
  readonly opened: boolean;
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
};

function Confirm({ opened, title, text, action, onClose, onConfirm }: ConfirmProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="sm" centered>
      <Text size="sm">{text}</Text>
      <Group justify="flex-end" gap="sm" mt="lg">
        <Button variant="default" data-autofocus onClick={onClose}>
          Keep
        </Button>
        <Button
          color="red"
          onClick={() => {
            onConfirm();
            onClose();
          }}
        >
          {action}
        </Button>
      </Group>
    </Modal>
  );
}

type IconActionProps = {
  readonly label: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
};

function IconAction({ label, disabled, onClick, children }: IconActionProps) {
  return (
    <Hint label={label}>
      <ActionIcon aria-label={label} disabled={disabled} onClick={onClick}>
        {children}
      </ActionIcon>
    </Hint>
  );
}
