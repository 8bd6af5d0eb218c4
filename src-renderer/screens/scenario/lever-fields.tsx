// The parameters of a lever, drawn from the table of forms.
import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { memo, useState } from 'react';
import type { AgentCalls, Lever, Range } from '../../../shared/domain/whatif/scenario.ts';
import { zonesToChoose } from '../../../shared/format/time-zone.ts';
import { runsOf, runsText } from './agent-runs.ts';
import type { LeverPatch } from './draft.ts';
import { type Field, labelOf } from './lever-field.ts';
import { RangeField } from './range-field.tsx';

type Props = {
  readonly lever: Lever;
  readonly fields: readonly Field<Lever>[];
  readonly currency: string;
  readonly onChange: (part: LeverPatch) => void;
};

export function LeverFields({ lever, fields, currency, onChange }: Props) {
  const values = lever as unknown as Readonly<Record<string, unknown>>;
  return fields
    .filter(({ when }) => when?.(lever) ?? true)
    .map((field) => (
      <OneField
        key={field.key}
        field={field}
        label={labelOf(field, currency)}
        value={values[field.key]}
        onPatch={onChange}
      />
    ));
}

type OneProps = {
  readonly field: Field<Lever>;
  readonly label: string;
  readonly value: unknown;
  readonly onPatch: (part: LeverPatch) => void;
};

/** Drawn anew only when its own value changes. */
const OneField = memo(function OneField({ field, label, value, onPatch }: OneProps) {
  const { description } = field;
  const onChange = (next: unknown): void => onPatch({ [field.key]: next });
  switch (field.control) {
    case 'range':
      return (
        <RangeField
          label={label}
          description={description}
          range={value as Range}
          writing={field.writing}
          scale={field.scale}
          onChange={onChange}
        />
      );
    case 'number':
      return (
        <NumberInput
          size="xs"
          label={label}
          description={description}
          placeholder={field.empty ?? undefined}
          hideControls
          min={0}
          thousandSeparator=","
          value={(value as number | null) ?? ''}
          onChange={(next) => {
            if (typeof next === 'number') onChange(next);
            else if (field.empty !== null) onChange(null);
          }}
        />
      );
    case 'choice':
      return (
        <Select
          size="xs"
          label={label}
          description={description}
          data={field.choices.map((choice) => ({ value: String(choice.value), label: choice.label }))}
          allowDeselect={false}
          value={String(value)}
          onChange={(next) => {
            const choice = field.choices.find((one) => String(one.value) === next);
            if (choice !== undefined) onChange(choice.value);
          }}
        />
      );
    case 'zone':
      return (
        <Select
          size="xs"
          label={label}
          description={description}
          data={zonesToChoose(value as string)}
          searchable
          limit={60}
          nothingFoundMessage="No such time zone"
          allowDeselect={false}
          value={value as string}
          onChange={(next) => {
            if (next !== null) onChange(next);
          }}
        />
      );
    case 'text':
      return (
        <TextInput
          size="xs"
          label={label}
          description={description}
          placeholder={field.empty}
          maxLength={256}
          value={(value as string | null) ?? ''}
          onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : currentTarget.value)}
        />
      );
    case 'day':
      return (
        <TextInput
          size="xs"
          type="date"
          label={label}
          description={description}
          value={(value as string | null) ?? ''}
          onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : currentTarget.value)}
        />
      );
    case 'runs':
      return (
        <RunsField label={label} description={description} runs={value as AgentCalls[]} onChange={onChange} />
      );
    case 'check':
      return (
        <Checkbox
          size="xs"
          label={label}
          description={description}
          checked={value as boolean}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      );
  }
});

type RunsProps = {
  readonly label: string;
  readonly description: string | null;
  readonly runs: readonly AgentCalls[];
  readonly onChange: (runs: AgentCalls[]) => void;
};

/** A distribution as a person writes one; what cannot be read is said and changes nothing. */
function RunsField({ label, description, runs, onChange }: RunsProps) {
  const [text, setText] = useState(() => runsText(runs));
  const read = runsOf(text);
  return (
    <TextInput
      size="xs"
      label={label}
      description={description}
      error={read === null ? 'Write calls:weight, separated by commas, such as 2:5, 12:1' : null}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        const next = runsOf(currentTarget.value);
        if (next !== null) onChange(next);
      }}
    />
  );
}
