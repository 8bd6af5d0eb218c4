// A choice among a few, side by side. The component library's own measures the page to slide a mark to the chosen one: with
// every screen that is opened, its whole layout would be made within the drawing.
//
// data      what can be chosen: values, or values with a label
// value     what is
// fullWidth as wide as its container
import { type CSSProperties, useId } from 'react';
import classes from './segmented-control.module.css';

type Item<Value extends string> = {
  readonly value: Value;
  readonly label: string;
  readonly disabled?: boolean;
};

type Props<Value extends string> = {
  readonly 'aria-label': string;
  readonly data: readonly (Value | Item<Value>)[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly fullWidth?: boolean;
  readonly style?: CSSProperties;
};

export function SegmentedControl<Value extends string>(props: Props<Value>) {
  const { 'aria-label': label, data, value: chosen, onChange, fullWidth = false, style } = props;
  const name = useId();
  const items = data.map((one): Item<Value> => (typeof one === 'string' ? { value: one, label: one } : one));
  return (
    <div
      className={classes.control}
      role="radiogroup"
      aria-label={label}
      data-wide={fullWidth || undefined}
      style={style}
    >
      {items.map(({ value, label: text, disabled = false }) => (
        <div key={value} className={classes.item} data-chosen={value === chosen || undefined}>
          <input
            className={classes.input}
            type="radio"
            id={`${name}-${value}`}
            name={name}
            value={value}
            checked={value === chosen}
            disabled={disabled}
            onChange={() => onChange(value)}
          />
          <label className={classes.label} htmlFor={`${name}-${value}`}>
            {text}
          </label>
        </div>
      ))}
    </div>
  );
}
