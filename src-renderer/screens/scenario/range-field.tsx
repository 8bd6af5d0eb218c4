// One uncertain parameter: three numbers and, where it has a natural scale, a slider with a thumb for each.
import { NumberInput, Text } from '@mantine/core';
import { memo, useCallback, useId, useLayoutEffect, useRef, useState } from 'react';
import type { Range } from '../../../shared/domain/whatif/scenario.ts';
import { BOUNDS, type Bound, type Scale, withBound } from './range.ts';
import classes from './range-field.module.css';
import { RangeThumbs } from './range-thumbs.tsx';

/** How a parameter is written: shown value = stored value × factor. */
export type Writing = {
  readonly factor: number;
  readonly prefix: string;
  readonly suffix: string;
  readonly decimals: number;
  /** Smallest and largest stored value that make sense; null = none. */
  readonly lowest: number;
  readonly limit: number | null;
  /** From which stored value on it stands for "not stated": an empty field, which says so. */
  readonly unstated?: { readonly from: number; readonly text: string };
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

export const BOUND_NAMES: Readonly<Record<Bound, string>> = { low: 'Low', base: 'Base', high: 'High' };

type Props = {
  readonly label: string;
  readonly description: string | null;
  readonly range: Range;
  readonly writing: Writing;
  /** null = numbers only. */
  readonly scale: Scale | null;
  readonly onChange: (range: Range) => void;
};

/** How long a thumb must rest before the fields beside it are drawn: while it moves, only their texts are written. */
const STANDS_MILLISECONDS = 150;

export function RangeField({ label, description, range, writing, scale, onChange }: Props) {
  const id = useId();
  const latest = useRef({ range, onChange });
  useLayoutEffect(() => {
    latest.current = { range, onChange };
  });
  /** What the fields are drawn with while a thumb moves; null = they follow. */
  const [standing, setStanding] = useState<Range | null>(null);
  const rest = useRef(0);
  const numbers = useRef<HTMLDivElement>(null);
  const change = useCallback((bound: Bound, value: number): void => {
    const { range: held, onChange } = latest.current;
    if (value === held[bound]) return;
    // The next movement may come before this one is drawn.
    const range = withBound(held, bound, value);
    latest.current = { range, onChange };
    onChange(range);
  }, []);
  /** Never another one, so that a number which stays is not drawn again. */
  const set = useCallback(
    (bound: Bound, value: number): void => {
      setStanding(null);
      change(bound, value);
    },
    [change],
  );
  const move = useCallback(
    (bound: Bound, value: number): void => {
      const { range } = latest.current;
      setStanding((before) => before ?? range);
      clearTimeout(rest.current);
      rest.current = window.setTimeout(() => setStanding(null), STANDS_MILLISECONDS);
      change(bound, value);
    },
    [change],
  );
  useLayoutEffect(() => {
    if (standing === null) return;
    for (const [index, input] of [...(numbers.current?.querySelectorAll('input') ?? [])].entries()) {
      const bound = BOUNDS[index];
      if (bound !== undefined) input.value = textOf(range[bound], writing);
    }
  }, [standing, range, writing]);
  return (
    <fieldset className={classes.field} style={{ border: 0, padding: 0, margin: 0 }} aria-labelledby={id}>
      <Heading {...{ id, label, description }} />
      {scale !== null && <RangeThumbs {...{ label, range, writing, scale }} onMove={move} />}
      <div ref={numbers} className={classes.numbers}>
        {BOUNDS.map((bound) => (
          <BoundNumber
            key={bound}
            {...{ label, bound, writing }}
            value={(standing ?? range)[bound]}
            onSet={set}
          />
        ))}
      </div>
    </fieldset>
  );
}

type HeadingProps = Pick<Props, 'label' | 'description'> & { readonly id: string };

const Heading = memo(function Heading({ id, label, description }: HeadingProps) {
  return (
    <>
      <Text id={id} size="sm" fw={500} component="span">
        {label}
      </Text>
      {description !== null && (
        <Text size="xs" c="dimmed">
          {description}
        </Text>
      )}
    </>
  );
});

type NumberProps = Pick<Props, 'label' | 'writing'> & {
  readonly bound: Bound;
  readonly value: number;
  readonly onSet: (bound: Bound, value: number) => void;
};

const BoundNumber = memo(function BoundNumber({ label, bound, value, writing, onSet }: NumberProps) {
  return (
    <NumberInput
      size="xs"
      aria-label={`${label}, ${BOUND_NAMES[bound].toLowerCase()}`}
      leftSection={<Text size="xs">{BOUND_NAMES[bound]}</Text>}
      leftSectionWidth={38}
      value={isUnstated(value, writing) ? '' : written(value, writing)}
      placeholder={writing.unstated?.text}
      prefix={writing.prefix}
      suffix={writing.suffix}
      decimalScale={writing.decimals}
      thousandSeparator=","
      hideControls
      min={writing.lowest * writing.factor}
      {...(writing.limit === null ? {} : { max: writing.limit * writing.factor })}
      clampBehavior="strict"
      onChange={(next) => {
        if (typeof next === 'number' && next !== written(value, writing)) onSet(bound, next / writing.factor);
      }}
    />
  );
});

const isUnstated = (value: number, { unstated }: Writing): boolean =>
  unstated !== undefined && value >= unstated.from;

/** The value as it is shown, a number of the shown unit. */
export function written(value: number, { factor, decimals }: Writing): number {
  const scale = 10 ** decimals;
  return Math.round(value * factor * scale) / scale;
}

/** The text of its field. */
function textOf(value: number, writing: Writing): string {
  if (isUnstated(value, writing)) return '';
  const [whole = '', part] = String(written(value, writing)).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/gu, ',');
  return `${writing.prefix}${part === undefined ? grouped : `${grouped}.${part}`}${writing.suffix}`;
}
