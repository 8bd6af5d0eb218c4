// A button that opens a searchable list: one value or several, all of it from the keyboard.
import { Checkbox, Combobox, Loader, ScrollArea, Text, useCombobox } from '@mantine/core';
import { type ReactElement, useState } from 'react';

export type PickOption = {
  readonly value: string;
  readonly label: string;
  /** Shown at the right, in grey: an amount, a count, a unit. */
  readonly hint: string | null;
  /** Heading under which the option stands; null = none. */
  readonly group: string | null;
};

type Props = {
  /** What is picked, for people who cannot see the list. */
  readonly label: string;
  readonly options: readonly PickOption[];
  readonly selected: readonly string[];
  readonly onPick: (value: string) => void;
  /** Several: the list stays open and options carry check boxes. */
  readonly several: boolean;
  /** The button; its click is handled here. */
  readonly children: (toggle: () => void, opened: boolean) => ReactElement;
  /** Told what is typed when the list is searched elsewhere; null = the list searches itself. */
  readonly onSearch?: ((search: string) => void) | null;
  readonly loading?: boolean;
  readonly width?: number;
};

export function PickList({ label, options, selected, onPick, several, children, ...rest }: Props) {
  const { onSearch = null, loading = false, width = 280 } = rest;
  const [search, setSearch] = useState('');
  const combobox = useCombobox({
    onDropdownClose: (source) => {
      // A click elsewhere has moved the focus itself.
      if (source === 'keyboard') combobox.focusTarget();
      combobox.resetSelectedOption();
      setSearch('');
      onSearch?.('');
    },
    onDropdownOpen: () => {
      combobox.focusSearchInput();
      combobox.updateSelectedOptionIndex('active');
    },
  });
  const shown = onSearch === null ? matching(options, search) : options;
  return (
    <Combobox
      store={combobox}
      width={width}
      position="bottom-start"
      shadow="md"
      onOptionSubmit={(value) => {
        onPick(value);
        if (!several) combobox.closeDropdown('keyboard');
      }}
    >
      <Combobox.Target withAriaAttributes={false} withKeyboardNavigation={false}>
        {children(() => combobox.toggleDropdown(), combobox.dropdownOpened)}
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          placeholder="Search"
          aria-label={`Search ${label}`}
          rightSection={loading ? <Loader size={14} /> : null}
          onChange={({ currentTarget }) => {
            setSearch(currentTarget.value);
            onSearch?.(currentTarget.value);
            combobox.updateSelectedOptionIndex();
          }}
        />
        <Combobox.Options aria-label={label}>
          <ScrollArea.Autosize mah={320} type="auto" scrollbarSize={8}>
            {grouped(shown).map(([group, members]) =>
              group === null ? (
                members.map((option) => <Row key={option.value} {...{ option, selected, several }} />)
              ) : (
                <Combobox.Group key={group} label={group}>
                  {members.map((option) => (
                    <Row key={option.value} {...{ option, selected, several }} />
                  ))}
                </Combobox.Group>
              ),
            )}
            {shown.length === 0 && !loading && <Combobox.Empty>Nothing matches</Combobox.Empty>}
          </ScrollArea.Autosize>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

type RowProps = Pick<Props, 'selected' | 'several'> & { readonly option: PickOption };

function Row({ option, selected, several }: RowProps) {
  const active = selected.includes(option.value);
  return (
    <Combobox.Option value={option.value} active={active} aria-selected={active}>
      <div style={{ display: 'flex', gap: 8, alignItems: 'center', minWidth: 0 }}>
        {several && (
          <Checkbox
            size="xs"
            checked={active}
            readOnly
            tabIndex={-1}
            aria-hidden
            style={{ pointerEvents: 'none' }}
          />
        )}
        <Text size="sm" truncate flex={1} title={option.label} fw={active && !several ? 600 : 400}>
          {option.label}
        </Text>
        {option.hint !== null && (
          <Text size="xs" c="dimmed">
            {option.hint}
          </Text>
        )}
      </div>
    </Combobox.Option>
  );
}

function matching(options: readonly PickOption[], search: string): readonly PickOption[] {
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean);
  return options.filter(({ label, value }) => {
    const text = `${label} ${value}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Options under their headings, headings in order of first appearance. */
function grouped(options: readonly PickOption[]): [string | null, PickOption[]][] {
  const groups = new Map<string | null, PickOption[]>();
  for (const option of options) {
    const members = groups.get(option.group);
    if (members === undefined) groups.set(option.group, [option]);
    else members.push(option);
  }
  return [...groups];
}
