// What a person states: note, baseline, levers in order, prices, trends, commitment. Each card is drawn anew only for its own part.
import { Button, Group, Menu, Text, VisuallyHidden } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconPlus, IconZoomMoney } from '@tabler/icons-react';
import { memo, useCallback, useMemo, useRef, useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import { horizonStart } from '../../../shared/domain/whatif/months.ts';
import { LEVER_KINDS, type LeverKind, type Scenario } from '../../../shared/domain/whatif/scenario.ts';
import type { ScenarioBaseline } from '../../../shared/domain/whatif/vectors.ts';
import { openScreen } from '../../app/navigation.ts';
import { dimensionChoices } from '../../ui/dimension-choices.ts';
import { BaselineCard } from './baseline-card.tsx';
import { CommitmentCard } from './commitment-card.tsx';
import type { Edit } from './draft.ts';
import { LeverCard } from './lever-card.tsx';
import { NoteField } from './note-field.tsx';
import { PriceCard } from './price-card.tsx';
import classes from './scenario.module.css';
import { TrendsCard } from './trends-card.tsx';
import { useLeverOrder } from './use-lever-order.ts';
import { part } from './use-parts.ts';
import { LEVER_HINTS, LEVER_TITLES } from './words.ts';

type Props = {
  readonly scenario: Scenario;
  readonly baseline: ScenarioBaseline | null;
  readonly info: Output<'workspace.info'>;
  readonly currency: string;
  readonly onEdit: (edit: Edit, touched: string | null) => void;
};

/** Dimensions that would cut the baseline apart from its period or its currency. */
const TIME_AND_MONEY = [
  'hour',
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'fiscalPeriod',
  'commitYear',
  'currency',
  'lineClass',
];

export const Inputs = memo(function Inputs({ scenario, baseline, info, currency, onEdit }: Props) {
  const { levers, growth, priceChanges, hoursPerMonth, fiscalYearStart } = scenario;
  const { to: lastDay } = scenario.baseline.period;
  const dimensions = useMemo(
    () => dimensionChoices(info.tagKeys, info.costCategories, TIME_AND_MONEY),
    [info.tagKeys, info.costCategories],
  );
  const models = useMemo(() => unique(baseline?.vectors.map(({ model }) => model) ?? []), [baseline]);
  const providers = useMemo(
    () => unique(baseline?.vectors.flatMap(({ provider }) => provider ?? []) ?? []),
    [baseline],
  );
  const trends = useMemo(
    () => ({ growth, priceChanges, hoursPerMonth, fiscalYearStart }),
    [growth, priceChanges, hoursPerMonth, fiscalYearStart],
  );
  const add = useCallback((kind: LeverKind) => onEdit({ type: 'addLever', kind }, null), [onEdit]);
  const { said, dropAt, isDragged, orderOf } = useLeverOrder(levers, onEdit);
  return (
    <div className={classes.inputs} {...part('What changes')}>
      <NoteField note={scenario.note} onEdit={onEdit} />
      <BaselineCard
        baseline={scenario.baseline}
        horizon={scenario.horizon}
        months={info.months}
        held={info.days}
        dimensions={dimensions}
        onEdit={onEdit}
      />
      {levers.map((lever, index) => (
        <LeverCard
          key={lever.id}
          lever={lever}
          position={index + 1}
          count={levers.length}
          order={orderOf(lever.id)}
          dropAt={dropAt(lever.id)}
          isDragged={isDragged(lever.id)}
          currency={currency}
          dimensions={dimensions}
          onEdit={onEdit}
        />
      ))}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      <LeverAdder onAdd={add} first={levers.length === 0} />
      <PriceCard
        priceLayer={scenario.priceLayer}
        contractRates={scenario.contractRates}
        models={models}
        onEdit={onEdit}
      />
      <TrendsCard
        scenario={trends}
        models={models}
        dimensions={dimensions}
        nextMonth={horizonStart(scenario.horizon.startMonth, lastDay)}
        onEdit={onEdit}
      />
      <CommitmentCard
        commitment={scenario.commitment}
        currency={currency}
        providers={providers}
        lastDay={lastDay}
        off={baseline?.commitmentOff ?? null}
        onEdit={onEdit}
      />
    </div>
  );
});

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();

type AdderProps = { readonly first: boolean; readonly onAdd: (kind: LeverKind) => void };

const LeverAdder = memo(function LeverAdder({ first, onAdd }: AdderProps) {
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const open = (): void => {
    button.current?.scrollIntoView({ block: 'nearest' });
    setOpened(true);
  };
  useHotkeys([['alt+A', open, { usePhysicalKeys: true }]], []);
  return (
    <Group gap="sm">
      <Menu
        position="bottom-start"
        width={340}
        opened={opened}
        onChange={setOpened}
        // Cards above it may still grow while figures come: the list stays.
        hideDetached={false}
      >
        <Menu.Target>
          <Button
            ref={button}
            variant={first ? 'filled' : 'default'}
            leftSection={<IconPlus size={14} />}
            data-add-lever
          >
            Add lever
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={420} style={{ overflow: 'auto' }}>
          {LEVER_KINDS.map((kind) => (
            <Menu.Item key={kind} onClick={() => onAdd(kind)}>
              {LEVER_TITLES[kind]}
              <Text size="xs" c="dimmed">
                {LEVER_HINTS[kind]}
              </Text>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {first && (
        <Button
          variant="default"
          leftSection={<IconZoomMoney size={14} />}
          onClick={() => openScreen('savings')}
        >
          Find savings
        </Button>
      )}
      <Text size="xs" c="dimmed">
        {first ? 'Nothing changes yet.' : 'Levers act in this order.'}
      </Text>
    </Group>
  );
});
