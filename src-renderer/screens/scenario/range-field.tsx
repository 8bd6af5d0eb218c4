// One uncertain parameter: three numbers and, where it has a natural scale, a slider with a thumb for each.
import { NumberInput, Text } from '@mantine/core';
import { useId } from 'react';
import type { Range } from '../../../shared/domain/whatif/scenario.ts';
import { BOUNDS, type Bound, fromPosition, type Scale, toPosition, withBound } from './range.ts';
import classes from './range-field.module.css';

/** How a parameter is written: shown value = stored value × factor. */
export type Writing = {
  readonly factor: number;
  readonly prefix: string;
  readonly suffix: string;
  readonly decimals: number;
  /** Smallest and largest stored value that make sense; null = none. */
  readonly lowest: number;
  readonly limit: number | null;
};

export const SHARE: Writing = { factor: 100, prefix: '', suffix: ' %', decimals: 1, lowest: 0, limit: 1 };
export const SHARE_SCALE: Scale = { max: 1, step: 0.01, power: 1 };
export const PER_HOUR: Writing = {
  factor: 1,
  prefix: '',
  suffix: ' /h',
  decimals: 3,
  lowest: 0,
  limit: null,
};
/** 0 … 1,000 requests an hour, with as much room for 0 … 10 as for 500 … 1,000. */
export const PER_HOUR_SCALE: Scale = { max: 1000, step: 0.1, power: 4 };
/** The currency stands in the label: amounts of a year leave no room for it. */
export const MONEY: Writing = { factor: 1, prefix: '', suffix: '', decimals: 2, lowest: 0, limit: null };
/** A price of one unit: tokens cost fractions of a cent, and a rounded price would be another price. */
export const UNIT_PRICE: Writing = { ...MONEY, decimals: 6 };

/** Change from one month to the next. */
export const CHANGE: Writing = {
  factor: 100,
  prefix: '',
  suffix: ' %',
  decimals: 1,
  lowest: -0.9,
  limit: 2,
};
export const COUNT: Writing = { factor: 1, prefix: '', suffix: '', decimals: 0, lowest: 0, limit: null };
export const FACTOR: Writing = { factor: 1, prefix: '', suffix: '', decimals: 3, lowest: 0, limit: null };

const BOUND_NAMES: Readonly<Record<Bound, string>> = { low: 'Low', base: 'Base', high: 'High' };

type Props = {
  readonly label: string;
  readonly description: string | null;
  readonly range: Range;
  readonly writing: Writing;
  /** null = numbers only. */
  readonly scale: Scale | null;
  readonly onChange: (range: Range) => void;
};

export function RangeField({ label, description, range, writing, scale, onChange }: Props) {
  const id = useId();
  const set = (bound: Bound, value: number): void => onChange(withBound(range, bound, value));
  return (
    <fieldset className={classes.field} style={{ border: 0, padding: 0, margin: 0 }} aria-labelledby={id}>
      <Text id={id} size="sm" fw={500} component="span">
        {label}
      </Text>
      {description !== null && (
        <Text size="xs" c="dimmed">
          {description}
        </Text>
      )}
      {scale !== null && <Thumbs {...{ label, range, writing, scale }} onMove={set} />}
      <div className={classes.numbers}>
        {BOUNDS.map((bound) => (
          <NumberInput
            key={bound}
            size="xs"
            aria-label={`${label}, ${BOUND_NAMES[bound].toLowerCase()}`}
            leftSection={<Text size="xs">{BOUND_NAMES[bound]}</Text>}
            leftSectionWidth={38}
            value={written(range[bound], writing)}
            prefix={writing.prefix}
            suffix={writing.suffix}
            decimalScale={writing.decimals}
            thousandSeparator=","
            hideControls
            min={writing.lowest * writing.factor}
            {...(writing.limit === null ? {} : { max: writing.limit * writing.factor })}
            clampBehavior="strict"
            onChange={(value) => {
              const stored = typeof value === 'number' ? value / writing.factor : null;
              if (stored !== null && stored !== range[bound]) set(bound, stored);
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}

function written(value: number, { factor, decimals }: Writing): number {
  const scale = 10 ** decimals;
  return Math.round(value * factor * scale) / scale;
}

type ThumbsProps = Pick<Props, 'label' | 'range' | 'writing'> & {
  readonly scale: Scale;
  readonly onMove: (bound: Bound, value: number) => void;
};

/** Positions of the thumbs in thousandths, so that arrow keys move by a visible step. */
const STEPS = 1000;

function Thumbs({ label, range, writing, scale, onMove }: ThumbsProps) {
  const low = toPosition(range.low, scale);
  const high = toPosition(range.high, scale);
  return (
    <div className={classes.track}>
      <div className={classes.rail} />
      <div
        className={classes.band}
        style={{ left: `${low * 100}%`, right: `${(1 - Math.max(high, low)) * 100}%` }}
      />
      {BOUNDS.map((bound) => (
        <input
          key={bound}
          type="range"
          className={`${classes.thumb} ${classes[bound]}`}
          aria-label={`${label}, ${BOUND_NAMES[bound].toLowerCase()}, slider`}
          aria-valuetext={`${written(range[bound], writing)}${writing.suffix}`}
          min={0}
          max={STEPS}
          step={STEPS / 100}
          value={Math.round(toPosition(range[bound], scale) * STEPS)}
          onChange={({ currentTarget }) =>
            onMove(bound, fromPosition(Number(currentTarget.value) / STEPS, scale))
          }
        />
      ))}
    </div>
  );
}
