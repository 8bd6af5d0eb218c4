// What moves the baseline itself: growth, price changes, and the conventions that months and quarters follow.
import {
  ActionIcon,
  Autocomplete,
  Button,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import type { Filter } from '../../../shared/domain/spend/vocabulary.ts';
import type { Growth, PriceChange, Range, Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { MONTH_NAMES } from '../../../shared/format/names.ts';
import type { PickOption } from '../../ui/pick-list.tsx';
import type { Edit } from './draft.ts';
import { FilterField } from './filter-field.tsx';
import { exactly } from './range.ts';
import { CHANGE, FACTOR, RangeField, type Writing } from './range-field.tsx';
import classes from './scenario.module.css';

type Props = {
  /** The same object for as long as none of these changes. */
  readonly scenario: Pick<Scenario, 'growth' | 'priceChanges' | 'hoursPerMonth' | 'fiscalYearStart'>;
  readonly models: readonly string[];
  readonly dimensions: readonly PickOption[];
  /** Month in which a new price change starts. */
  readonly nextMonth: string;
  readonly onEdit: (edit: Edit, touched: string | null) => void;
};

export const TrendsCard = memo(function TrendsCard({
  scenario,
  models,
  dimensions,
  nextMonth,
  onEdit,
}: Props) {
  const { growth, priceChanges } = scenario;
  const growthKeys = growth.map((_, index) => `growth ${index + 1}`);
  const changeKeys = priceChanges.map((_, index) => `change ${index + 1}`);
  const set = (part: Partial<Scenario>, touched: string | null): void =>
    onEdit({ type: 'set', part }, touched);
  return (
    <section className={classes.card} aria-label="Growth and prices ahead">
      <Stack gap="sm">
        <Text fw={600} size="sm">
          Growth and prices ahead
        </Text>
        <Text size="xs" c="dimmed">
          They move the baseline of the months ahead and are never a saving.
        </Text>
        {growth.map((one, index) => (
          <GrowthField
            key={growthKeys[index]}
            number={index + 1}
            growth={one}
            dimensions={dimensions}
            onSet={(part) => set({ growth: growth.with(index, { ...one, ...part }) }, `growth.${index}`)}
            onRemove={() => set({ growth: growth.toSpliced(index, 1) }, null)}
          />
        ))}
        {priceChanges.map((one, index) => (
          <PriceChangeField
            key={changeKeys[index]}
            number={index + 1}
            change={one}
            models={models}
            onSet={(part) =>
              set({ priceChanges: priceChanges.with(index, { ...one, ...part }) }, `change.${index}`)
            }
            onRemove={() => set({ priceChanges: priceChanges.toSpliced(index, 1) }, null)}
          />
        ))}
        <Group gap="xs">
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => set({ growth: [...growth, newGrowth(null)] }, null)}
          >
            Add growth
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => set({ growth: [...growth, newGrowth(nextMonth)] }, null)}
          >
            Add step in volume
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            disabled={models.length === 0}
            onClick={() => {
              const change = { model: models[0] ?? '', fromMonth: nextMonth, factor: exactly(1) };
              set({ priceChanges: [...priceChanges, change] }, null);
            }}
          >
            Add price change
          </Button>
        </Group>
        <Conventions scenario={scenario} onSet={(part) => set(part, null)} />
      </Stack>
    </section>
  );
});

const newGrowth = (onceFrom: string | null): Growth => ({ scope: [], perMonth: exactly(0), onceFrom });

type GrowthProps = {
  readonly number: number;
  readonly growth: Growth;
  readonly dimensions: readonly PickOption[];
  readonly onSet: (part: Partial<Growth>) => void;
  readonly onRemove: () => void;
};

function GrowthField({ number, growth, dimensions, onSet, onRemove }: GrowthProps) {
  return (
    <Removable label={`Remove growth ${number}`} onRemove={onRemove}>
      {growth.onceFrom === null ? (
        <RangeField
          label={`Growth ${number}, a month`}
          description="Volume of each month against the one before; growths of the same usage multiply."
          range={growth.perMonth}
          writing={CHANGE}
          scale={null}
          onChange={(perMonth) => onSet({ perMonth })}
        />
      ) : (
        <>
          <RangeField
            label={`Step ${number} in volume, times today’s`}
            description="From its month on; 3 is three times the traffic."
            range={timesOf(growth.perMonth)}
            writing={TIMES}
            scale={null}
            onChange={(times) => onSet({ perMonth: changeOf(times) })}
          />
          <TextInput
            size="xs"
            type="month"
            label="From"
            value={growth.onceFrom}
            onChange={({ currentTarget }) => {
              if (currentTarget.value !== '') onSet({ onceFrom: currentTarget.value });
            }}
          />
        </>
      )}
      <FilterField
        label="Applies to"
        empty="All usage of the baseline"
        filters={growth.scope}
        dimensions={dimensions}
        onChange={(scope: readonly Filter[]) => onSet({ scope })}
      />
    </Removable>
  );
}

/** Volume × factor, within what a growth may be. */
const TIMES: Writing = { ...FACTOR, lowest: 0.1, limit: 100 };

const eachBound = ({ low, base, high }: Range, shift: number): Range => ({
  low: rounded(low + shift),
  base: rounded(base + shift),
  high: rounded(high + shift),
});
/** 1.1 − 1 is not 0.1 in binary. */
const rounded = (value: number): number => Number(value.toPrecision(12));
const timesOf = (change: Range): Range => eachBound(change, 1);
const changeOf = (times: Range): Range => eachBound(times, -1);

type ChangeProps = {
  readonly number: number;
  readonly change: PriceChange;
  readonly models: readonly string[];
  readonly onSet: (part: Partial<PriceChange>) => void;
  readonly onRemove: () => void;
};

function PriceChangeField({ number, change, models, onSet, onRemove }: ChangeProps) {
  return (
    <Removable label={`Remove price change ${number}`} onRemove={onRemove}>
      <Group gap="xs" grow wrap="nowrap" align="end">
        <Autocomplete
          size="xs"
          label="Prices of"
          data={[...models]}
          maxLength={256}
          value={change.model}
          onChange={(model) => {
            if (model !== '') onSet({ model });
          }}
        />
        <TextInput
          size="xs"
          type="month"
          label="From"
          value={change.fromMonth}
          onChange={({ currentTarget }) => {
            if (currentTarget.value !== '') onSet({ fromMonth: currentTarget.value });
          }}
        />
      </Group>
      <RangeField
        label={`Price change ${number}, factor`}
        description="New price ÷ today’s price; 0.8 is 20 % cheaper."
        range={change.factor}
        writing={FACTOR}
        scale={null}
        onChange={(factor) => onSet({ factor })}
      />
    </Removable>
  );
}

type RemovableProps = {
  readonly label: string;
  readonly onRemove: () => void;
  readonly children: ReactNode;
};

function Removable({ label, onRemove, children }: RemovableProps) {
  return (
    <Group gap="xs" align="start" wrap="nowrap">
      <Stack gap="xs" flex={1}>
        {children}
      </Stack>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={onRemove}>
        <IconTrash size={14} />
      </ActionIcon>
    </Group>
  );
}

const HOURS = [
  { value: '730', label: '730, the average month' },
  { value: '720', label: '720, 30 days' },
  { value: '744', label: '744, 31 days' },
];
const MONTHS = MONTH_NAMES.map((label, index) => ({ value: String(index + 1), label }));

type ConventionProps = {
  readonly scenario: Props['scenario'];
  readonly onSet: (part: Partial<Scenario>) => void;
};

function Conventions({ scenario: { hoursPerMonth, fiscalYearStart }, onSet }: ConventionProps) {
  const known = HOURS.some(({ value }) => value === String(hoursPerMonth));
  return (
    <SimpleGrid cols={2} spacing="xs">
      <Select
        size="xs"
        label="Hours a month"
        description="Wherever hours are paid"
        allowDeselect={false}
        data={known ? HOURS : [...HOURS, { value: String(hoursPerMonth), label: String(hoursPerMonth) }]}
        value={String(hoursPerMonth)}
        onChange={(value) => onSet({ hoursPerMonth: Number(value) })}
      />
      <Select
        size="xs"
        label="Fiscal year starts in"
        description="For the quarters"
        allowDeselect={false}
        data={MONTHS}
        value={String(fiscalYearStart)}
        onChange={(value) => onSet({ fiscalYearStart: Number(value) })}
      />
    </SimpleGrid>
  );
}
