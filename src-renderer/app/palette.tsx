// Ctrl/Cmd+K: any screen, any action, any model or account of the bill, by a few letters.
// Enter takes the first entry shown, also one that came after the last letter.
import { Highlight } from '@mantine/core';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconBolt, IconFilter, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { dimensionName, valueName } from '../../shared/format/names.ts';
import { useEngine } from '../engine.ts';
import { useFormat } from '../ui/format-context.ts';
import { COMMANDS } from './commands.ts';
import { useImportActivity } from './import-activity.tsx';
import { parseLocation } from './location.ts';
import { openScreen } from './navigation.ts';
import classes from './palette.module.css';
import {
  entriesFor,
  entryBeside,
  type PaletteEntry,
  type PaletteGroup,
  selectedEntry,
} from './palette-entries.ts';
import { SCREENS } from './screens.ts';

/** Whose values can be found by name: choosing one opens the analysis filtered by it. */
type FoundDimension = 'model' | 'account' | 'service';
/** The largest by cost; more than one looks for by name. */
const MOST_FOUND = 500;
const MOST_SHOWN = 40;
const HANDLED: ReadonlySet<string> = new Set(['ArrowDown', 'ArrowUp', 'Enter', 'Escape']);

type Props = {
  readonly run: (command: string) => void;
  /** Puts the focus into the screen. */
  readonly focusContent: () => void;
};

export function Palette({ run, focusContent }: Props) {
  const moved = useRef(false);
  const [typed, setTyped] = useState('');
  /** Gone to by arrow since the last letter. */
  const [chosen, setChosen] = useState<string | null>(null);
  const [opened, setOpened] = useState(false);
  const listId = useId();
  const { importing } = useImportActivity();
  const state = { host: window.assay.host, importing };
  const searching = typed.trim().length >= 2;
  const found = [
    useFound('model', opened, searching),
    useFound('account', opened, searching),
    useFound('service', opened, searching),
  ];
  const reading = searching && found.some((one) => one.reading);
  const groups = entriesFor(
    typed,
    [
      {
        name: 'Screens',
        entries: SCREENS.map(({ id, title, icon, keywords }) => ({
          id: `screen ${id}`,
          label: title,
          icon,
          keywords,
          run: () => {
            moved.current = true;
            openScreen(id);
          },
        })),
      },
      {
        name: 'Actions',
        entries: COMMANDS.filter(({ shown }) => shown(state)).map(({ id, title, keys }) => ({
          id: `command ${id}`,
          label: title,
          icon: IconBolt,
          keys,
          run: () => run(id),
        })),
      },
      ...found,
    ],
    MOST_SHOWN,
  );
  const shown = groups.flatMap(({ entries }) => entries);
  const selected = selectedEntry(shown, chosen);
  const idOf = (entry: PaletteEntry): string => `${listId}-${shown.indexOf(entry)}`;
  const take = (entry: PaletteEntry): void => {
    entry.run();
    spotlight.close();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || !HANDLED.has(event.key)) return;
    event.preventDefault();
    if (event.key === 'Escape') spotlight.close();
    else if (event.key !== 'Enter')
      setChosen(entryBeside(shown, selected, event.key === 'ArrowDown' ? 1 : -1)?.id ?? null);
    else if (selected !== undefined) take(selected);
  };
  const isEmpty = selected === undefined;
  return (
    <Spotlight.Root
      query={typed}
      onQueryChange={(letters) => {
        setTyped(letters);
        setChosen(null);
      }}
      returnFocus={false}
      onSpotlightOpen={() => {
        moved.current = false;
        setOpened(true);
        closeMenus();
      }}
      onSpotlightClose={() => {
        if (moved.current) focusContent();
      }}
      shortcut={['mod + K']}
      // From a field as from anywhere.
      tagsToIgnore={[]}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      transitionProps={{ duration: 0 }}
    >
      <Spotlight.Search
        leftSection={<IconSearch size={18} stroke={1.5} />}
        placeholder="Find a screen, an action, a model, an account"
        aria-label="Find a screen, an action, a model, an account"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={!isEmpty}
        aria-controls={isEmpty ? undefined : listId}
        aria-activedescendant={isEmpty ? undefined : idOf(selected)}
        onKeyDown={onKeyDown}
        // Escape is the field's own: the library would close a drawer beneath with it.
        data-mantine-stop-propagation
      />
      {isEmpty ? (
        <Spotlight.Empty role="status">
          {reading ? 'Looking through the bill …' : 'Nothing found'}
        </Spotlight.Empty>
      ) : (
        <div
          id={listId}
          role="listbox"
          aria-label="Found"
          aria-busy={reading}
          tabIndex={-1}
          className={classes.list}
        >
          {groups.map(({ name, entries }) => (
            <div key={name} role="group" aria-labelledby={`${listId}-${name}`} className={classes.group}>
              <div id={`${listId}-${name}`} role="presentation" className={classes.groupName}>
                {name}
              </div>
              {entries.map((entry) => (
                <Entry
                  key={entry.id}
                  id={idOf(entry)}
                  entry={entry}
                  typed={typed}
                  selected={entry === selected}
                  onTake={() => take(entry)}
                />
              ))}
            </div>
          ))}
        </div>
      )}
    </Spotlight.Root>
  );
}

type EntryProps = {
  readonly id: string;
  readonly entry: PaletteEntry;
  readonly typed: string;
  readonly selected: boolean;
  readonly onTake: () => void;
};

function Entry({ id, entry: { label, description, keys, icon: Icon }, typed, selected, onTake }: EntryProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (selected) place.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the keyboard, and takes the selected one.
    <div
      ref={place}
      id={id}
      role="option"
      aria-selected={selected}
      className={classes.entry}
      // The field keeps the keyboard.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onTake}
    >
      <span className={classes.icon}>
        <Icon size={18} stroke={1.5} />
      </span>
      <span className={classes.text}>
        <Highlight component="span" highlight={typed}>
          {label}
        </Highlight>
        {description === undefined ? null : <span className={classes.description}>{description}</span>}
      </span>
      {keys === null || keys === undefined ? null : <span className={classes.keys}>{keys}</span>}
    </div>
  );
}

/** A menu that stays open beneath would take the keyboard back: it is left as a click beside it leaves it. */
function closeMenus(): void {
  document.body.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));
}

/** Read once, when the palette is first opened; `reading` until the answer is there. */
function useFound(
  dimension: FoundDimension,
  opened: boolean,
  searching: boolean,
): PaletteGroup & { readonly reading: boolean } {
  const format = useFormat();
  const { data, isPending } = useEngine(
    'spend.values',
    { dimension, limit: MOST_FOUND },
    { enabled: opened },
  );
  const values = searching ? (data?.values ?? []) : [];
  return {
    name: `${dimensionName(dimension)}s`,
    reading: isPending,
    entries: values.flatMap(({ value, unblended }) =>
      value === null
        ? []
        : [
            {
              id: `${dimension} ${value}`,
              label: valueName(dimension, value),
              description: `Filter by this ${dimensionName(dimension).toLowerCase()} (unblended ${format.amount(unblended)})`,
              icon: IconFilter,
              run: () => filterBy(dimension, value),
            },
          ],
    ),
  };
}

/** Keeps the analysis screen that is open; from any other screen the first one opens. */
function filterBy(dimension: FoundDimension, value: string): void {
  const { screen } = parseLocation(window.location.hash);
  const target =
    SCREENS.find(({ id, usesContextBar }) => id === screen && usesContextBar !== false) ?? SCREENS[0];
  openScreen(target?.id ?? '', { context: { where: [{ dimension, operator: '=', values: [value] }] } });
}
