// States one condition: a dimension, what is said of it, and the values, picked from those held or typed.
import { Button, Group, Popover, ScrollArea, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import type { Filter } from '../../shared/domain/spend/vocabulary.ts';
import { CONDITIONS, type ConditionKind, filterOf, kindOf } from '../../shared/format/conditions.ts';
import { dimensionName, valueName } from '../../shared/format/names.ts';
import { PickList, type PickOption } from './pick-list.tsx';
import { ValueList } from './value-list.tsx';

/** A value held for a dimension, with what it cost, so that the biggest can be told from the rest. */
export type HeldValue = { readonly value: string | null; readonly hint: string };
/** A hook that looks values up; `dimension` null = nothing is asked. */
export type UseValues = (
  dimension: string | null,
  search: string,
) => { readonly values: readonly HeldValue[]; readonly loading: boolean; readonly failure: string | null };

type Props = {
  readonly dimensions: readonly PickOption[];
  readonly useValues: UseValues;
  readonly onAdd: (filter: Filter) => void;
  readonly children: (toggle: () => void, opened: boolean) => ReactElement;
};

/** A new condition: first the dimension, then the rest. */
export function FilterAdder({ dimensions, useValues, onAdd, children }: Props) {
  const [dimension, setDimension] = useState<string | null>(null);
  const target = useRef<HTMLSpanElement>(null);
  const close = (): void => {
    setDimension(null);
    // What had the focus before the form was the list, which is gone.
    target.current?.querySelector('button')?.focus();
  };
  return (
    <Popover
      // The list inside the target is the control; the span around it has no role to carry these.
      withRoles={false}
      opened={dimension !== null}
      onClose={close}
      position="bottom-start"
      shadow="md"
      width={320}
      trapFocus
    >
      <Popover.Target>
        <span ref={target}>
          <PickList
            label="Filter by"
            options={dimensions}
            selected={[]}
            several={false}
            onPick={(picked) => setDimension(picked)}
          >
            {children}
          </PickList>
        </span>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label="Filter">
        {dimension !== null && (
          <FilterForm
            filter={{ dimension, operator: '=', values: [] }}
            useValues={useValues}
            onDone={(filter) => {
              if (filter !== null) onAdd(filter);
              close();
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

type FormProps = {
  readonly filter: Filter;
  readonly useValues: UseValues;
  /** null = left without a change. */
  readonly onDone: (filter: Filter | null) => void;
};

/** The rest of a condition whose dimension is known; also edits one that exists. */
export function FilterForm({ filter, useValues, onDone }: FormProps) {
  const { dimension } = filter;
  const [kind, setKind] = useState<ConditionKind>(filter.values.length === 0 ? 'is' : kindOf(filter));
  const [values, setValues] = useState<readonly (string | null)[]>(filter.values);
  const [search, setSearch] = useState('');
  const { entry } = CONDITIONS[kind];
  const held = useValues(entry === 'pick' ? dimension : null, search);
  const list = useRef<HTMLDivElement>(null);
  /** Enter was pressed for a search whose answer is not there yet. */
  const [isEntered, setEntered] = useState(false);
  useEffect(() => {
    if (!isEntered || held.loading) return;
    setEntered(false);
    const [first] = held.values;
    if (first === undefined) return;
    setValues((before) => (before.includes(first.value) ? before : [...before, first.value]));
    setSearch('');
  }, [isEntered, held]);
  /** Enter takes the first value that the search found, and is ready for another; without a search it applies. */
  const onSearchKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') list.current?.querySelector('input')?.focus();
    else if (event.key === 'Enter' && search !== '') setEntered(true);
    else return;
    event.preventDefault();
  };
  const complete = entry === 'none' || values.length > 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) onDone(filterOf(dimension, kind, values));
      }}
    >
      <Stack gap="xs">
        <Group gap="xs" wrap="nowrap">
          <Text size="sm" fw={600} truncate flex={1} title={dimensionName(dimension)}>
            {dimensionName(dimension)}
          </Text>
          <Select
            aria-label="Condition"
            size="xs"
            w={130}
            data-autofocus={entry !== 'pick' || undefined}
            allowDeselect={false}
            data={Object.entries(CONDITIONS).map(([value, { label }]) => ({ value, label }))}
            value={kind}
            comboboxProps={{ withinPortal: false }}
            onChange={(next) => {
              if (next === null) return;
              if (CONDITIONS[next as ConditionKind].entry !== entry) setValues([]);
              setKind(next as ConditionKind);
            }}
          />
        </Group>
        {entry === 'pick' && (
          <>
            <TextInput
              size="xs"
              placeholder="Search values"
              aria-label="Search values"
              data-autofocus
              value={search}
              onChange={({ currentTarget }) => {
                setSearch(currentTarget.value);
                setEntered(false);
              }}
              onKeyDown={onSearchKey}
            />
            <ScrollArea.Autosize mah={260} type="auto" scrollbarSize={8} viewportRef={list}>
              <ValueList
                {...held}
                name={(value) => valueName(dimension, value)}
                selected={values}
                onChange={setValues}
              />
            </ScrollArea.Autosize>
          </>
        )}
        {entry === 'type' && (
          <TagsInput
            size="xs"
            aria-label="Values"
            placeholder={values.length === 0 ? 'Type, then Enter' : ''}
            acceptValueOnBlur
            comboboxProps={{ withinPortal: false }}
            value={values.filter((value) => value !== null)}
            onChange={setValues}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button size="xs" variant="default" onClick={() => onDone(null)}>
            Cancel
          </Button>
          <Button size="xs" type="submit" disabled={!complete}>
            Apply
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
