// The models that requests are routed to: their mix, place, tokenizer factors and the user's own score of each.
import { ActionIcon, Group, NumberInput, Select, Slider, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { memo } from 'react';
import { sumOf } from '../../../shared/domain/sum.ts';
import { KNOWN_MODELS } from '../../../shared/domain/usage/models.ts';
import { REGION_TIERS, type RegionTier } from '../../../shared/domain/usage/vocabulary.ts';
import type { RoutingLever, RoutingTarget } from '../../../shared/domain/whatif/scenario.ts';
import { valueName } from '../../../shared/format/names.ts';
import { useFormat } from '../../ui/format-context.ts';
import type { LeverPatch } from './draft.ts';

const MODELS = KNOWN_MODELS.map(({ model }) => model).sort();
const TIERS = [
  { value: '', label: 'As today' },
  ...REGION_TIERS.map((value) => ({ value, label: valueName('regionTier', value) })),
];

type Props = { readonly targets: RoutingLever['targets']; readonly onChange: (part: LeverPatch) => void };

/** Drawn anew only when the targets change. */
export const RoutingTargets = memo(function RoutingTargets({ targets, onChange }: Props) {
  const weights = targets.reduce((total, { weight }) => total + weight, 0);
  const free = MODELS.filter((model) => targets.every((target) => target.model !== model));
  const set = (index: number, part: Partial<RoutingTarget>): void => {
    const target = targets[index];
    if (target !== undefined) onChange({ targets: targets.with(index, { ...target, ...part }) });
  };
  return (
    <Stack gap="xs">
      {targets.map((target, index) => (
        <Target
          key={target.model}
          target={target}
          part={weights === 0 ? null : target.weight / weights}
          isAlone={targets.length === 1}
          onMix={(share) => onChange({ targets: mixedTo(targets, index, share) })}
          onSet={(part) => set(index, part)}
          onRemove={() => onChange({ targets: targets.toSpliced(index, 1) })}
        />
      ))}
      <Select
        size="xs"
        label="Add a target model"
        placeholder="Search models"
        leftSection={<IconPlus size={14} />}
        data={free}
        searchable
        limit={100}
        value={null}
        onChange={(model) => {
          if (model !== null) onChange({ targets: withTarget(targets, model) });
        }}
      />
    </Stack>
  );
});

/**
 * One target at this share (0…1) of the routed requests, the others in the mix that they have among themselves, or in
 * equal parts where all of theirs are zero. Weights are percentages afterwards.
 */
export function mixedTo(targets: readonly RoutingTarget[], at: number, share: number): RoutingTarget[] {
  const rest = sumOf(targets.filter((_, index) => index !== at).map(({ weight }) => weight));
  const others = targets.length - 1;
  return targets.map((target, index) => {
    if (index === at) return { ...target, weight: 100 * share };
    const part = rest === 0 ? 1 / others : target.weight / rest;
    return { ...target, weight: 100 * (1 - share) * part };
  });
}

/** A new target has as large a share as the others have on average. */
export function withTarget(targets: readonly RoutingTarget[], model: string): RoutingTarget[] {
  const weights = sumOf(targets.map(({ weight }) => weight));
  return [...targets, { ...NEW_TARGET, model, weight: weights === 0 ? 1 : weights / targets.length }];
}

const NEW_TARGET: Omit<RoutingTarget, 'model' | 'weight'> = {
  region: null,
  regionTier: null,
  inputFactor: 1,
  outputFactor: 1,
  quality: null,
};

type TargetProps = {
  readonly target: RoutingTarget;
  /** Share (0…1) of the routed requests; null while all weights are zero. */
  readonly part: number | null;
  readonly isAlone: boolean;
  readonly onMix: (share: number) => void;
  readonly onSet: (part: Partial<RoutingTarget>) => void;
  readonly onRemove: () => void;
};

function Target({ target, part, isAlone, onMix, onSet, onRemove }: TargetProps) {
  const format = useFormat();
  const { model, regionTier, inputFactor, outputFactor, quality } = target;
  return (
    <fieldset aria-label={`Target ${model}`} style={{ border: 0, padding: 0, margin: 0 }}>
      <Group gap="xs" wrap="nowrap">
        <Text size="sm" fw={500} flex={1} truncate>
          {model}
        </Text>
        <Text size="xs" c="dimmed">
          {part === null ? 'no weight' : format.percent(part)}
        </Text>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Remove ${model}`} onClick={onRemove}>
          <IconTrash size={14} />
        </ActionIcon>
      </Group>
      {!isAlone && (
        <Slider
          size="sm"
          label={null}
          thumbLabel={`Share of ${model}`}
          value={(part ?? 0) * 100}
          onChange={(next) => onMix(next / 100)}
        />
      )}
      <Group gap="xs" grow wrap="nowrap" mt={4}>
        <Select
          size="xs"
          label="Tier"
          data={TIERS}
          allowDeselect={false}
          value={regionTier ?? ''}
          onChange={(value) => onSet({ regionTier: value === '' ? null : (value as RegionTier | null) })}
        />
        <Factor label="Input ×" value={inputFactor} onSet={(value) => onSet({ inputFactor: value })} />
        <Factor label="Output ×" value={outputFactor} onSet={(value) => onSet({ outputFactor: value })} />
        <NumberInput
          size="xs"
          label="Quality"
          placeholder="None"
          hideControls
          value={quality ?? ''}
          onChange={(value) => onSet({ quality: typeof value === 'number' ? value : null })}
        />
      </Group>
    </fieldset>
  );
}

type FactorProps = {
  readonly label: string;
  readonly value: number;
  readonly onSet: (value: number) => void;
};

/** Tokens at the target for one of today's. */
function Factor({ label, value, onSet }: FactorProps) {
  return (
    <NumberInput
      size="xs"
      label={label}
      hideControls
      min={0.01}
      max={100}
      decimalScale={3}
      value={value}
      onChange={(next) => {
        if (typeof next === 'number' && next > 0) onSet(next);
      }}
    />
  );
}
