// What a field of a lever's form is: the parameter it edits, the control it is edited with, and short ways to say both.
import type { Lever, Range } from '../../../shared/domain/whatif/scenario.ts';
import type { Scale } from './range.ts';
import { FACTOR, MONEY, SHARE, SHARE_SCALE, UNIT_PRICE, type Writing } from './range-field.tsx';

type KeysOf<L, V> = { [K in keyof L]: L[K] extends V ? (V extends L[K] ? K : never) : never }[keyof L] &
  string;
export type Choice = { readonly value: string | number; readonly label: string };

/** One parameter and the control it is edited with. */
export type Field<L> = Control<L> & {
  /** Absent: always shown. */
  readonly when?: (lever: L) => boolean;
};
type Control<L> =
  | {
      readonly control: 'range';
      readonly key: KeysOf<L, Range>;
      readonly label: string;
      readonly description: string | null;
      readonly writing: Writing;
      readonly scale: Scale | null;
    }
  | {
      readonly control: 'number';
      readonly key: KeysOf<L, number> | KeysOf<L, number | null>;
      readonly label: string;
      readonly description: string | null;
      /** What an empty field means; null = it cannot be empty. */
      readonly empty: string | null;
      /** An amount of money. */
      readonly isMoney?: true;
    }
  | {
      readonly control: 'choice';
      readonly key: keyof L & string;
      readonly label: string;
      readonly description: string | null;
      readonly choices: readonly Choice[];
    }
  | {
      readonly control: 'text';
      readonly key: KeysOf<L, string | null>;
      readonly label: string;
      readonly description: string | null;
      readonly empty: string;
    }
  | {
      readonly control: 'zone';
      readonly key: KeysOf<L, string>;
      readonly label: string;
      readonly description: string | null;
    }
  | {
      readonly control: 'day';
      readonly key: KeysOf<L, string | null>;
      readonly label: string;
      readonly description: string | null;
    }
  | {
      readonly control: 'runs';
      readonly key: 'runs' & keyof L;
      readonly label: string;
      readonly description: string;
    }
  | {
      readonly control: 'check';
      readonly key: KeysOf<L, boolean>;
      readonly label: string;
      readonly description: string;
    };

type Told = { readonly label: string; readonly description: string | null };

export const share = <L>(key: KeysOf<L, Range>, told: Told): Field<L> => ({
  control: 'range',
  key,
  ...told,
  writing: SHARE,
  scale: SHARE_SCALE,
});
export const money = <L>(key: KeysOf<L, Range>, told: Told): Field<L> => ({
  control: 'range',
  key,
  ...told,
  writing: MONEY,
  scale: null,
});

export const range = <L>(key: KeysOf<L, Range>, writing: Writing, told: Told): Field<L> => ({
  control: 'range',
  key,
  ...told,
  writing,
  scale: null,
});
export const unitPrice = <L>(key: KeysOf<L, Range>, told: Told): Field<L> => range(key, UNIT_PRICE, told);
export const factor = <L>(key: KeysOf<L, Range>, told: Told): Field<L> => range(key, FACTOR, told);
export const count = <L>(key: KeysOf<L, number>, told: Told): Field<L> => ({
  control: 'number',
  key,
  ...told,
  empty: null,
});
/** A price without a range. */
export const price = <L>(key: KeysOf<L, number>, told: Told): Field<L> => ({
  control: 'number',
  key,
  ...told,
  empty: null,
  isMoney: true,
});

/** What stands over a field: amounts of money say their currency there, since the field itself has no room for it. */
export function labelOf(field: Field<Lever>, currency: string): string {
  const isMoney =
    field.control === 'range'
      ? field.writing === MONEY || field.writing === UNIT_PRICE
      : field.control === 'number' && field.isMoney === true;
  return isMoney ? `${field.label}, ${currency}` : field.label;
}
