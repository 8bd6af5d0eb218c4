// One lever: what it may touch, its ranges, when it starts and what it costs, who stands behind it. Ordered by buttons or keys.
import {
  ActionIcon,
  Badge,
  Collapse,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconChevronRight,
  IconCopy,
  IconGripVertical,
  IconTrash,
} from '@tabler/icons-react';
import { memo, type ReactNode, useCallback } from 'react';
import type { Filter } from '../../../shared/domain/spend/vocabulary.ts';
import { openQuestions } from '../../../shared/domain/whatif/open-questions.ts';
import type { Lever } from '../../../shared/domain/whatif/scenario.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Hint } from '../../ui/hint.tsx';
import type { PickOption } from '../../ui/pick-list.tsx';
import { Note } from '../../ui/states.tsx';
import { Unknown } from '../../ui/values.tsx';
import { BatchFields } from './batch-fields.tsx';
import { CachingFields } from './caching-fields.tsx';
import type { Edit, LeverPatch } from './draft.ts';
import { FilterField } from './filter-field.tsx';
import { LeverFields } from './lever-fields.tsx';
import { formOf } from './lever-form.ts';
import { RoutingTargets } from './routing-targets.tsx';
import classes from './scenario.module.css';
import { useLedgerLine } from './shown-answer.ts';
import type { CardOrder } from './use-lever-order.ts';
import { LEVER_TITLES } from './words.ts';

type Props = {
  readonly lever: Lever;
  readonly position: number;
  readonly count: number;
  readonly order: CardOrder;
  readonly dropAt: 'before' | 'after' | null;
  readonly isDragged: boolean;
  readonly currency: string;
  /** What a scope may be stated by: models, regions … */
  readonly dimensions: readonly PickOption[];
  readonly onEdit: (edit: Edit, touched: string | null) => void;
};

/** Drawn anew only when something of its own changes: a slider of one lever must not draw the fields of all. */
export const LeverCard = memo(function LeverCard(props: Props) {
  const { lever, position, count, order, dropAt, isDragged, currency, dimensions, onEdit } = props;
  const questions = openQuestions({ levers: [lever], commitment: null });
  const [opened, { toggle }] = useDisclosure(true);
  const [more, { toggle: toggleMore }] = useDisclosure(false);
  const { id } = lever;
  const title = lever.label ?? LEVER_TITLES[lever.kind];
  const set = useCallback(
    (part: LeverPatch): void => onEdit({ type: 'setLever', id, part }, `${id}.${Object.keys(part).join()}`),
    [id, onEdit],
  );
  const setScope = useCallback(
    (scope: readonly Filter[]): void => onEdit({ type: 'setLever', id, part: { scope: [...scope] } }, null),
    [id, onEdit],
  );
  const { label, owner, startMonth, rampMonths, oneOffCost, confidence, evidence, kind } = lever;
  return (
    <section
      className={classes.card}
      aria-label={`Lever ${position}: ${title}`}
      data-lever={id}
      tabIndex={-1}
      data-drop={dropAt ?? undefined}
      data-dragged={isDragged || undefined}
      {...order.card}
    >
      <Head
        {...{ id, position, title, opened, currency }}
        enabled={lever.enabled}
        handle={order.handle}
        onToggle={toggle}
        onChange={set}
      />
      <Collapse expanded={opened}>
        <Stack gap="md" pt="sm">
          {questions.length > 0 && (
            <Note tone="caution">
              {questions.map(({ text }) => (
                <Text key={text} size="xs">
                  {text}
                </Text>
              ))}
            </Note>
          )}
          {lever.enabled && questions.length === 0 && <NothingMoves id={id} />}
          <Parameters lever={lever} currency={currency} onChange={set} />
          <FilterField
            label="Applies to"
            empty="All usage of the baseline"
            filters={lever.scope}
            dimensions={dimensions}
            onChange={setScope}
          />
          <MoreLine opened={more} summary={timingSummary(lever)} onToggle={toggleMore} />
          <Collapse expanded={more}>
            <Common
              {...{ label, owner, startMonth, rampMonths, oneOffCost, confidence, evidence, kind, currency }}
              onChange={set}
            />
          </Collapse>
          <LeverActions {...{ position, count, id, onEdit }} moveBy={order.moveBy} />
        </Stack>
      </Collapse>
    </section>
  );
});

type HeadProps = Pick<Props, 'position' | 'currency'> & {
  readonly id: string;
  readonly title: string;
  readonly opened: boolean;
  readonly enabled: boolean;
  readonly handle: CardOrder['handle'];
  readonly onToggle: () => void;
  readonly onChange: (part: LeverPatch) => void;
};

/** Stands while a parameter moves; its saving changes by itself. */
const Head = memo(function Head(props: HeadProps) {
  const { id, position, title, opened, enabled, currency, handle, onToggle, onChange } = props;
  return (
    <Group gap="xs" wrap="nowrap">
      <span className={classes.grip} title="Drag to reorder; Alt ↑ and Alt ↓ do the same" {...handle}>
        <IconGripVertical size={14} aria-hidden />
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={opened ? 'Fold lever' : 'Unfold lever'}
        aria-expanded={opened}
        onClick={onToggle}
      >
        {opened ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
      </ActionIcon>
      <Badge variant="default" radius="sm" size="sm" aria-hidden>
        {position}
      </Badge>
      <Text fw={600} size="sm" truncate flex={1} c={enabled ? undefined : 'dimmed'} title={title}>
        {title}
      </Text>
      {enabled && <Saving {...{ id, currency }} />}
      <Switch
        size="xs"
        checked={enabled}
        aria-label="Lever switched on"
        onChange={({ currentTarget }) => onChange({ enabled: currentTarget.checked })}
      />
    </Group>
  );
});

type MoreProps = { readonly opened: boolean; readonly summary: string; readonly onToggle: () => void };

const MoreLine = memo(function MoreLine({ opened, summary, onToggle }: MoreProps) {
  return (
    <button type="button" className={classes.fold} aria-expanded={opened} onClick={onToggle}>
      {opened ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
      <span>
        Timing, cost and evidence
        {!opened && <span className={classes.spread}>{summary}</span>}
      </span>
    </button>
  );
});

type SavingProps = { readonly id: string; readonly currency: string };

/** What the lever saves where it stands in the order. What nobody has stated yet saves an unknown amount, not nothing. */
function Saving({ id, currency }: SavingProps) {
  const format = useFormat();
  const saving = useLedgerLine(id, (line) => line?.inOrder?.base ?? null);
  const missing = useLedgerLine(id, (line) => line?.missing.join(' ') ?? '');
  return (
    <span className={classes.saving}>
      {missing !== '' ? <Unknown why={missing} /> : saving !== null && format.money(saving, currency)}
    </span>
  );
}

/** Most reasons that a card repeats of the ledger. */
const REASONS = 3;

/** Why a lever that is on and fully stated does nothing: what its guards refused. */
function NothingMoves({ id }: { readonly id: string }) {
  const said = useLedgerLine(id, (line) => line?.reasons.join('\n') ?? '');
  if (said === '') return null;
  const reasons = said.split('\n');
  return (
    <Note tone="caution">
      <Text size="xs" fw={600}>
        Nothing moves.
      </Text>
      {reasons.slice(0, REASONS).map((reason) => (
        <Text key={reason} size="xs">
          {reason}
        </Text>
      ))}
      {reasons.length > REASONS && <Text size="xs">The ledger lists every reason.</Text>}
    </Note>
  );
}

type ParametersProps = Pick<Props, 'lever' | 'currency'> & {
  readonly onChange: (part: LeverPatch) => void;
};

function Parameters({ lever, currency, onChange }: ParametersProps) {
  if (lever.kind === 'batch') return <BatchFields lever={lever} onChange={onChange} />;
  if (lever.kind === 'caching') return <CachingFields lever={lever} onChange={onChange} />;
  return (
    <>
      {lever.kind === 'routing' && <RoutingTargets targets={lever.targets} onChange={onChange} />}
      <LeverFields lever={lever} fields={formOf(lever) ?? []} currency={currency} onChange={onChange} />
    </>
  );
}

function timingSummary({ startMonth, rampMonths, oneOffCost, owner }: Lever): string {
  const parts = [
    startMonth === null ? 'from the first month' : `from ${startMonth}`,
    rampMonths === 0 ? 'at once' : `over ${rampMonths} months`,
    oneOffCost === 0 ? 'no one-off cost' : 'with one-off cost',
    ...(owner === null ? [] : [owner]),
  ];
  return parts.join(', ');
}

type CommonProps = Pick<
  Lever,
  'label' | 'owner' | 'startMonth' | 'rampMonths' | 'oneOffCost' | 'confidence' | 'evidence' | 'kind'
> & {
  readonly currency: string;
  readonly onChange: (part: LeverPatch) => void;
};

const orNull = (value: string): string | null => (value === '' ? null : value);
const asCount = (value: string | number): number => (typeof value === 'number' ? value : 0);

const Common = memo(function Common({ currency, onChange, ...lever }: CommonProps) {
  return (
    <SimpleGrid cols={2} spacing="xs" verticalSpacing="xs">
      <TextInput
        size="xs"
        label="Name"
        placeholder={LEVER_TITLES[lever.kind]}
        maxLength={256}
        value={lever.label ?? ''}
        onChange={({ currentTarget }) => onChange({ label: orNull(currentTarget.value) })}
      />
      <TextInput
        size="xs"
        label="Owner"
        placeholder="Who stands behind it"
        maxLength={256}
        value={lever.owner ?? ''}
        onChange={({ currentTarget }) => onChange({ owner: orNull(currentTarget.value) })}
      />
      <TextInput
        size="xs"
        type="month"
        label="Starts in"
        description="Empty: first month"
        value={lever.startMonth ?? ''}
        onChange={({ currentTarget }) => onChange({ startMonth: orNull(currentTarget.value) })}
      />
      <NumberInput
        size="xs"
        label="Ramp"
        description="Months until in full"
        min={0}
        max={60}
        allowDecimal={false}
        clampBehavior="strict"
        value={lever.rampMonths}
        onChange={(value) => onChange({ rampMonths: asCount(value) })}
      />
      <NumberInput
        size="xs"
        label={`One-off cost, ${currency}`}
        min={0}
        decimalScale={2}
        thousandSeparator=","
        hideControls
        value={lever.oneOffCost}
        onChange={(value) => onChange({ oneOffCost: asCount(value) })}
      />
      <Select
        size="xs"
        label="Confidence"
        placeholder="Not stated"
        clearable
        data={[
          { value: 'low', label: 'Low' },
          { value: 'medium', label: 'Medium' },
          { value: 'high', label: 'High' },
        ]}
        value={lever.confidence}
        onChange={(value) => onChange({ confidence: value as Lever['confidence'] })}
      />
      <TextInput
        size="xs"
        label="Quality evidence"
        placeholder="Test, trial or measurement behind the ranges"
        maxLength={4096}
        style={{ gridColumn: '1 / -1' }}
        value={lever.evidence ?? ''}
        onChange={({ currentTarget }) => onChange({ evidence: orNull(currentTarget.value) })}
      />
    </SimpleGrid>
  );
});

type ActionProps = Pick<Props, 'position' | 'count' | 'onEdit'> & {
  readonly id: string;
  readonly moveBy: (by: -1 | 1) => void;
};

const LeverActions = memo(function LeverActions({ position, count, id, moveBy, onEdit }: ActionProps) {
  return (
    <Group gap={4} justify="flex-end">
      <IconAction label="Move up (Alt ↑)" disabled={position === 1} onClick={() => moveBy(-1)}>
        <IconArrowUp size={16} />
      </IconAction>
      <IconAction label="Move down (Alt ↓)" disabled={position === count} onClick={() => moveBy(1)}>
        <IconArrowDown size={16} />
      </IconAction>
      <IconAction label="Duplicate lever" onClick={() => onEdit({ type: 'duplicateLever', id }, null)}>
        <IconCopy size={16} />
      </IconAction>
      <IconAction label="Remove lever" onClick={() => onEdit({ type: 'removeLever', id }, null)}>
        <IconTrash size={16} />
      </IconAction>
    </Group>
  );
});

type IconActionProps = {
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
};

function IconAction({ label, disabled = false, onClick, children }: IconActionProps) {
  return (
    <Hint label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={label}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Hint>
  );
}
