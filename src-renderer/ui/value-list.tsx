// Values of one dimension with check boxes; those already chosen stay in sight also when the search does not find them.
import { Checkbox, Group, Loader, Stack, Text } from '@mantine/core';
import type { KeyboardEvent } from 'react';

type Value = string | null;

type Props = {
  readonly values: readonly { readonly value: Value; readonly hint: string }[];
  readonly loading: boolean;
  readonly failure: string | null;
  readonly name: (value: Value) => string;
  readonly selected: readonly Value[];
  readonly onChange: (selected: readonly Value[]) => void;
};

export function ValueList({ values, loading, failure, name, selected, onChange }: Props) {
  const unlisted = selected.filter((value) => values.every((held) => held.value !== value));
  const rows = [...unlisted.map((value) => ({ value, hint: '' })), ...values];
  const toggle = (value: Value): void =>
    onChange(selected.includes(value) ? selected.filter((one) => one !== value) : [...selected, value]);
  return (
    <Stack gap={2} pr={12} role="group" aria-label="Values" onKeyDown={moveAmongBoxes}>
      {rows.map(({ value, hint }) => (
        <Group key={JSON.stringify(value)} gap="xs" wrap="nowrap" justify="space-between">
          <Checkbox
            size="xs"
            checked={selected.includes(value)}
            onChange={() => toggle(value)}
            label={
              // The last letter of slanted text leans over its box, which is cut.
              <Text
                size="sm"
                component="span"
                fs={value === null ? 'italic' : undefined}
                lineClamp={1}
                pr={2}
              >
                {name(value)}
              </Text>
            }
          />
          <Text size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
            {hint}
          </Text>
        </Group>
      ))}
      {failure !== null && (
        <Text size="xs" c="red" role="alert">
          {failure}
        </Text>
      )}
      {loading && rows.length === 0 && <Loader size="xs" />}
      {!loading && failure === null && rows.length === 0 && (
        <Text size="xs" c="dimmed">
          No value matches
        </Text>
      )}
    </Stack>
  );
}

function moveAmongBoxes(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const boxes: EventTarget[] = [...event.currentTarget.querySelectorAll('input')];
  const next = boxes[boxes.indexOf(event.target) + step];
  if (next instanceof HTMLElement) next.focus();
  event.preventDefault();
}
