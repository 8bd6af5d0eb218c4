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
import {
  memo,
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { openScreen } from '../../app/navigation.ts';
import { takeScenario } from '../../app/scenario-handover.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Hint } from '../../ui/hint.tsx';
import { MenuButton } from '../../ui/menu-button.tsx';
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
  const { scenario, changed, savedId, edit, dispatch } = draft;
  const [leaving, setLeaving] = useState<(() => void) | null>(null);
  const [choosing, { open: chooseTemplate, close: closeTemplates }] = useDisclosure(false);
  const [deleting, { open: askDelete, close: keep }] = useDisclosure(false);
  const { print } = files;
  const printReady = useCallback(() => void print(), [print]);
  const unlessLost = (action: () => void): void => (changed ? setLeaving(() => action) : action());
  const takeOver = useEffectEvent(() => {
    const handed = takeScenario();
    if (handed !== null) unlessLost(() => files.start(handed));
  });
  useEffect(() => takeOver(), []);
  const latest: Latest = useRef({ draft, files, fresh, unlessLost, leave: () => leaving?.() });
  useLayoutEffect(() => {
    latest.current = { draft, files, fresh, unlessLost, leave: () => leaving?.() };
  });
  const stay = useCallback(() => setLeaving(null), []);
  const leave = useCallback(() => latest.current.leave(), []);
  const remove = useCallback(() => void latest.current.files.remove(latest.current.draft.savedId), []);
  const startTemplate = useCallback(
    (started: Scenario) => latest.current.unlessLost(() => latest.current.files.start(started)),
    [],
  );
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
      <Name name={scenario.name} edit={edit} />
      <Text size="xs" c="dimmed" aria-live="polite">
        {savedId === null ? 'not saved' : changed ? 'changed since saved' : 'saved'}
      </Text>
      <Steps canUndo={draft.canUndo} canRedo={draft.canRedo} dispatch={dispatch} />
      <Group gap="sm" ml="auto">
        <OpenMenu latest={latest} saved={files.saved} onTemplate={chooseTemplate} />
        <ExportMenu latest={latest} />
        <MoreMenu latest={latest} isSaved={savedId !== null} onDelete={askDelete} />
        <SaveButton latest={latest} disabled={files.busy || (savedId !== null && !changed)} />
      </Group>
      {files.printed !== null && <PrintReport report={files.printed} onReady={printReady} />}
      <TemplateDialog
        opened={choosing}
        baseline={scenario.baseline}
        onClose={closeTemplates}
        onStart={startTemplate}
      />
      <Confirm
        opened={leaving !== null}
        title="Leave unsaved changes?"
        text={leaving === null ? '' : `“${scenario.name}” has changes that are not saved.`}
        action="Leave them"
        onClose={stay}
        onConfirm={leave}
      />
      <Confirm
        opened={deleting}
        title="Delete the scenario?"
        text={
          deleting
            ? `“${scenario.name}” is taken out of the workspace. What is on the screen stays until you open another one.`
            : ''
        }
        action="Delete"
        onClose={keep}
        onConfirm={remove}
      />
    </Group>
  );
}

/** What a button looks up when it is pressed, so that an edit draws none of them anew. */
type Latest = RefObject<{
  readonly draft: Draft;
  readonly files: Files;
  readonly fresh: Scenario;
  /** Runs at once when nothing would be lost, else after the user agreed. */
  readonly unlessLost: (action: () => void) => void;
  readonly leave: () => void;
}>;
type LatestProps = { readonly latest: Latest };

type NameProps = { readonly name: string; readonly edit: Draft['edit'] };

const Name = memo(function Name({ name, edit }: NameProps) {
  return (
    <TextInput
      aria-label="Name of the scenario"
      className={classes.name}
      maxLength={256}
      value={name}
      error={name.trim() === '' ? 'A scenario needs a name' : undefined}
      onChange={({ currentTarget }) => edit({ type: 'set', part: { name: currentTarget.value } }, 'name')}
    />
  );
});

type StepsProps = Pick<Draft, 'canUndo' | 'canRedo' | 'dispatch'>;

const Steps = memo(function Steps({ canUndo, canRedo, dispatch }: StepsProps) {
  return (
    <Group gap={2}>
      <IconAction label="Undo (Ctrl Z)" disabled={!canUndo} onClick={() => dispatch({ type: 'undo' })}>
        <IconArrowBackUp size={16} />
      </IconAction>
      <IconAction label="Redo (Ctrl Shift Z)" disabled={!canRedo} onClick={() => dispatch({ type: 'redo' })}>
        <IconArrowForwardUp size={16} />
      </IconAction>
    </Group>
  );
});

const ExportMenu = memo(function ExportMenu({ latest }: LatestProps) {
  const exportAs = (format: 'csv' | 'xlsx' | 'json' | 'md'): void =>
    void latest.current.files.exportAs(format);
  return (
    <MenuButton label="Export" icon={<IconDownload size={14} />}>
      <Menu.Item onClick={() => exportAs('csv')}>Ledger and months, CSV</Menu.Item>
      <Menu.Item onClick={() => void latest.current.files.printReport()}>Report, PDF</Menu.Item>
      <Menu.Item onClick={() => exportAs('xlsx')}>Workbook with formulas, XLSX</Menu.Item>
      <Menu.Item onClick={() => exportAs('md')}>Report, Markdown</Menu.Item>
      <Menu.Item onClick={() => exportAs('json')}>Scenario and answer, JSON</Menu.Item>
    </MenuButton>
  );
});

type MoreProps = LatestProps & { readonly isSaved: boolean; readonly onDelete: () => void };

const MoreMenu = memo(function MoreMenu({ latest, isSaved, onDelete }: MoreProps) {
  const saveCopy = (): void => {
    const { draft, files } = latest.current;
    void files.save(null, `${draft.scenario.name}, copy`);
  };
  return (
    <MenuButton label="More">
      <Menu.Item onClick={saveCopy}>Save as a copy</Menu.Item>
      <Menu.Item onClick={() => openScreen('compare')}>Compare with others…</Menu.Item>
      <Menu.Item disabled={!isSaved} color="red" onClick={onDelete}>
        Delete
      </Menu.Item>
    </MenuButton>
  );
});

type SaveProps = LatestProps & { readonly disabled: boolean };

const SaveButton = memo(function SaveButton({ latest, disabled }: SaveProps) {
  return (
    <Button disabled={disabled} onClick={() => void latest.current.files.save(latest.current.draft.savedId)}>
      Save
    </Button>
  );
});

type OpenProps = LatestProps & {
  readonly saved: Files['saved'];
  readonly onTemplate: () => void;
};

const OpenMenu = memo(function OpenMenu({ latest, saved, onTemplate }: OpenProps) {
  const format = useFormat();
  const [opened, setOpened] = useState(false);
  const unlessLost = (action: () => void): void => latest.current.unlessLost(action);
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
        <Menu.Item onClick={() => unlessLost(() => latest.current.files.start(latest.current.fresh))}>
          New scenario
        </Menu.Item>
        <Menu.Item onClick={onTemplate}>New from template…</Menu.Item>
        <FileButton
          accept="application/json,.json"
          onChange={(file) => {
            // The list holds the file field, so it stays open until a file is chosen.
            setOpened(false);
            if (file !== null) unlessLost(() => void latest.current.files.importFrom(file));
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
        {saved.length === 0 && (
          <Text size="xs" c="dimmed" px="sm" py={4}>
            None yet
          </Text>
        )}
        {saved.map((one) => (
          <Menu.Item key={one.id} onClick={() => unlessLost(() => latest.current.files.open(one))}>
            {one.name}
            <Text size="xs" c="dimmed">
              {format.dateTime(one.savedAt)}, {leverCount(one.scenario.levers.length)}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
});

const leverCount = (count: number): string => `${count} ${count === 1 ? 'lever' : 'levers'}`;

type ConfirmProps = {
  readonly opened: boolean;
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
};

const Confirm = memo(function Confirm({ opened, title, text, action, onClose, onConfirm }: ConfirmProps) {
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
});

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
