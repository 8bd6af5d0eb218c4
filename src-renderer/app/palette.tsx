// Ctrl/Cmd+K: any screen, any action, any model or account of the bill, by a few letters.
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconBolt, IconFilter, IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { dimensionName, valueName } from '../../shared/format/names.ts';
import { useEngine } from '../engine.ts';
import { useFormat } from '../ui/format-context.ts';
import { COMMANDS } from './commands.ts';
import { useImportActivity } from './import-activity.tsx';
import { parseLocation } from './location.ts';
import { openScreen } from './navigation.ts';
import { SCREENS } from './screens.ts';

/** Whose values can be found by name: choosing one opens the analysis filtered by it. */
type FoundDimension = 'model' | 'account' | 'service';
/** The largest by cost; more than one looks for by name. */
const MOST_FOUND = 500;

type Props = {
  readonly run: (command: string) => void;
  /** Puts the focus into the screen. */
  readonly focusContent: () => void;
};

export function Palette({ run, focusContent }: Props) {
  const before = useRef<Element | null>(null);
  const moved = useRef(false);
  const [query, setQuery] = useState('');
  const [opened, setOpened] = useState(false);
  const { importing } = useImportActivity();
  const state = { host: window.assay.host, importing };
  const searching = query.trim().length >= 2;
  const groups: SpotlightActionGroupData[] = [
    {
      group: 'Screens',
      actions: SCREENS.map(({ id, title, icon: Icon, keywords }) => ({
        id: `screen ${id}`,
        label: title,
        keywords: [...keywords],
        leftSection: <Icon size={18} stroke={1.5} />,
        onClick: () => {
          moved.current = true;
          openScreen(id);
        },
      })),
    },
    {
      group: 'Actions',
      actions: COMMANDS.filter(({ shown }) => shown(state)).map(({ id, title, keys }) => ({
        id: `command ${id}`,
        label: title,
        leftSection: <IconBolt size={18} stroke={1.5} />,
        rightSection: keys,
        onClick: () => run(id),
      })),
    },
    useFound('model', opened, searching),
    useFound('account', opened, searching),
    useFound('service', opened, searching),
  ];
  return (
    <Spotlight
      actions={groups.filter(({ actions }) => actions.length > 0)}
      query={query}
      onQueryChange={setQuery}
      returnFocus={false}
      onSpotlightOpen={() => {
        before.current = document.activeElement;
        moved.current = false;
        setOpened(true);
        closeMenus();
      }}
      onSpotlightClose={() => {
        if (moved.current) focusContent();
        else if (before.current instanceof HTMLElement) before.current.focus();
      }}
      limit={40}
      shortcut={['mod + K']}
      // From a field as from anywhere.
      tagsToIgnore={[]}
      nothingFound="Nothing found"
      highlightQuery
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      scrollable
      maxHeight={440}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.5} />,
        placeholder: 'Find a screen, an action, a model, an account',
        'aria-label': 'Find a screen, an action, a model, an account',
      }}
    />
  );
}

/** A menu that stays open beneath would take the keyboard back: it is left as a click beside it leaves it. */
function closeMenus(): void {
  document.body.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));
}

/** Read once when the palette is first opened, so that what is typed finds it at once and Enter takes the first. */
function useFound(dimension: FoundDimension, opened: boolean, searching: boolean): SpotlightActionGroupData {
  const format = useFormat();
  const { data } = useEngine('spend.values', { dimension, limit: MOST_FOUND }, { enabled: opened });
  const values = searching ? (data?.values ?? []) : [];
  return {
    group: `${dimensionName(dimension)}s`,
    actions: values.flatMap(({ value, unblended }) =>
      value === null
        ? []
        : [
            {
              id: `${dimension} ${value}`,
              label: valueName(dimension, value),
              description: `Filter by this ${dimensionName(dimension).toLowerCase()} (unblended ${format.amount(unblended)})`,
              leftSection: <IconFilter size={18} stroke={1.5} />,
              onClick: () => filterBy(dimension, value),
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
