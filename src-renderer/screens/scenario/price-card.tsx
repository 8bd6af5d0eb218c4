// Which prices the scenario is computed at, and the contract's own rates where they are stated.
import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { memo } from 'react';
import {
  type ContractRate,
  SCENARIO_PRICE_LAYERS,
  type Scenario,
  type ScenarioPriceLayer,
} from '../../../shared/domain/whatif/scenario.ts';
import { VECTOR_METERS } from '../../../shared/domain/whatif/vectors.ts';
import { METER_TITLES, MODE_NAMES } from '../../../shared/format/names.ts';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import type { Edit } from './draft.ts';
import classes from './scenario.module.css';
import { LAYER_HINTS, LAYER_TITLES } from './words.ts';

type Props = {
  readonly priceLayer: ScenarioPriceLayer;
  readonly contractRates: Scenario['contractRates'];
  readonly models: readonly string[];
  readonly onEdit: (edit: Edit, touched: string | null) => void;
};

export const PriceCard = memo(function PriceCard({ priceLayer, contractRates, models, onEdit }: Props) {
  const rateKeys = contractRates.map((_, index) => `rate ${index + 1}`);
  return (
    <section className={classes.card} aria-label="Prices">
      <Stack gap="xs">
        <Group justify="space-between">
          <Text fw={600} size="sm">
            Prices
          </Text>
          <SegmentedControl
            aria-label="Price layer"
            data={SCENARIO_PRICE_LAYERS.map((value) => ({ value, label: LAYER_TITLES[value] }))}
            value={priceLayer}
            onChange={(next) =>
              onEdit({ type: 'set', part: { priceLayer: next as ScenarioPriceLayer } }, null)
            }
          />
        </Group>
        <Text size="xs" c="dimmed">
          {LAYER_HINTS[priceLayer]}
        </Text>
        {(priceLayer === 'contract' || contractRates.length > 0) && (
          <>
            {contractRates.map((rate, index) => (
              <Rate
                key={rateKeys[index]}
                rate={rate}
                models={models}
                onSet={(part) => onEdit({ type: 'setRate', index, part }, `rate.${index}`)}
                onRemove={() => onEdit({ type: 'removeRate', index }, null)}
              />
            ))}
            <Group justify="space-between">
              <Text size="xs" c="dimmed">
                A rate binds the mode it names: a batch rate is never derived.
              </Text>
              <Button
                size="compact-xs"
                variant="light"
                disabled={models.length === 0}
                onClick={() =>
                  onEdit(
                    {
                      type: 'addRate',
                      rate: { model: models[0] ?? '', meter: 'input', mode: 'on_demand', usd: 0 },
                    },
                    null,
                  )
                }
              >
                Add rate
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </section>
  );
});

type RateProps = {
  readonly rate: ContractRate;
  readonly models: readonly string[];
  readonly onSet: (part: Partial<ContractRate>) => void;
  readonly onRemove: () => void;
};

const MODES = ['on_demand', 'batch'] as const;

function Rate({ rate, models, onSet, onRemove }: RateProps) {
  const known = models.includes(rate.model) ? models : [rate.model, ...models];
  return (
    <Group gap={6} wrap="nowrap" align="end">
      <Select
        size="xs"
        aria-label="Model"
        flex={2}
        searchable
        allowDeselect={false}
        data={known.map((value) => ({ value, label: value }))}
        value={rate.model}
        onChange={(model) => model !== null && onSet({ model })}
      />
      <Select
        size="xs"
        aria-label="Meter"
        flex={1}
        allowDeselect={false}
        data={VECTOR_METERS.map((value) => ({ value, label: METER_TITLES[value] }))}
        value={rate.meter}
        onChange={(meter) => meter !== null && onSet({ meter: meter as ContractRate['meter'] })}
      />
      <Select
        size="xs"
        aria-label="Mode"
        flex={1}
        allowDeselect={false}
        data={MODES.map((value) => ({ value, label: MODE_NAMES[value] }))}
        value={rate.mode}
        onChange={(mode) => mode !== null && onSet({ mode: mode as ContractRate['mode'] })}
      />
      <NumberInput
        size="xs"
        aria-label="USD per 1M tokens"
        flex={1}
        min={0}
        decimalScale={6}
        prefix="$"
        suffix=" / 1M"
        hideControls
        value={rate.usd}
        onChange={(usd) => onSet({ usd: typeof usd === 'number' ? usd : 0 })}
      />
      <ActionIcon variant="subtle" color="gray" aria-label="Remove rate" onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  );
}
