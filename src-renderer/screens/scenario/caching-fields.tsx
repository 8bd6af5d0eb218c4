// The parameters of prompt caching: the prefix, the cache's lifetime, and how often a request finds it.
import { Input, NumberInput, SimpleGrid, Stack, Text } from '@mantine/core';
import { memo } from 'react';
import {
  CACHE_LIFETIMES,
  type CacheLifetime,
  type CachingLever,
  type Range,
} from '../../../shared/domain/whatif/scenario.ts';
import { LIFETIME_NAMES } from '../../../shared/format/names.ts';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import type { LeverPatch } from './draft.ts';
import { exactly } from './range.ts';
import { PER_HOUR, PER_HOUR_SCALE, RangeField, SHARE, SHARE_SCALE } from './range-field.tsx';

type Props = { readonly lever: CachingLever; readonly onChange: (part: LeverPatch) => void };

type Pattern = CachingLever['arrival']['pattern'];
const PATTERN_NAMES: Readonly<Record<Pattern, string>> = {
  stated: 'Stated',
  poisson: 'Poisson',
  even: 'Even',
};
const PATTERN_HINTS: Readonly<Record<Pattern, string>> = {
  stated: 'The share of requests that find the prefix in the cache is your figure.',
  poisson: 'Requests arrive at random: hit share 1 − e^(−λT), every hit keeps the prefix alive.',
  even: 'Requests arrive evenly spaced: all hit when the gap is shorter than the lifetime, else none.',
};

export function CachingFields({ lever, onChange }: Props) {
  const { prefixShare, prefixTokens, lifetime, arrival } = lever;
  return (
    <>
      <PrefixShare range={prefixShare} onChange={onChange} />
      <Prefix {...{ prefixTokens, lifetime, onChange }} />
      <Arrival arrival={arrival} onChange={onChange} />
    </>
  );
}

type Part<K extends keyof CachingLever> = Pick<CachingLever, K> & Pick<Props, 'onChange'>;

// Each part is drawn anew only when its own figures change.

const PrefixShare = memo(function PrefixShare({
  range,
  onChange,
}: { readonly range: Range } & Pick<Props, 'onChange'>) {
  return (
    <RangeField
      label="Prefix share of uncached input"
      description="Input tokens that belong to a prefix which requests repeat"
      range={range}
      writing={SHARE}
      scale={SHARE_SCALE}
      onChange={(prefixShare) => onChange({ prefixShare })}
    />
  );
});

const Prefix = memo(function Prefix({ prefixTokens, lifetime, onChange }: Part<'prefixTokens' | 'lifetime'>) {
  return (
    <SimpleGrid cols={2} spacing="xs">
      <NumberInput
        size="xs"
        label="Prefix length, tokens"
        placeholder="Not stated"
        min={1}
        allowDecimal={false}
        thousandSeparator=","
        hideControls
        value={prefixTokens ?? ''}
        onChange={(value) =>
          onChange({ prefixTokens: typeof value === 'number' && value > 0 ? value : null })
        }
      />
      <Stack gap={0} justify="flex-end">
        <Input.Label size="xs" component="span">
          Lifetime
        </Input.Label>
        <SegmentedControl
          aria-label="Lifetime"
          data={CACHE_LIFETIMES.map((value) => ({ value, label: LIFETIME_NAMES[value] }))}
          value={lifetime}
          onChange={(next) => onChange({ lifetime: next as CacheLifetime })}
        />
      </Stack>
    </SimpleGrid>
  );
});

const Arrival = memo(function Arrival({ arrival, onChange }: Part<'arrival'>) {
  return (
    <Stack gap="xs">
      <div>
        <Text size="sm" fw={500}>
          Arrival of requests
        </Text>
        <SegmentedControl
          fullWidth
          aria-label="Arrival of requests"
          data={Object.entries(PATTERN_NAMES).map(([value, label]) => ({ value, label }))}
          value={arrival.pattern}
          onChange={(pattern) => onChange({ arrival: withPattern(arrival, pattern as Pattern) })}
        />
        <Text size="xs" c="dimmed" mt={4}>
          {PATTERN_HINTS[arrival.pattern]}
        </Text>
      </div>
      {arrival.pattern === 'stated' ? (
        <RangeField
          label="Hit share"
          description={null}
          range={arrival.hitShare}
          writing={SHARE}
          scale={SHARE_SCALE}
          onChange={(hitShare) => onChange({ arrival: { pattern: 'stated', hitShare } })}
        />
      ) : (
        <RangeField
          label="Requests per hour with one prefix"
          description={null}
          range={arrival.requestsPerHour}
          writing={PER_HOUR}
          scale={PER_HOUR_SCALE}
          onChange={(requestsPerHour) => onChange({ arrival: { pattern: arrival.pattern, requestsPerHour } })}
        />
      )}
    </Stack>
  );
});

/** Another pattern keeps the figure that both have; a figure of the other kind starts at nothing. */
function withPattern(arrival: CachingLever['arrival'], pattern: Pattern): CachingLever['arrival'] {
  if (pattern === 'stated') {
    return arrival.pattern === 'stated' ? arrival : { pattern, hitShare: exactly(0) };
  }
  return {
    pattern,
    requestsPerHour: arrival.pattern === 'stated' ? exactly(0) : arrival.requestsPerHour,
  };
}
