// The keys that hold on every screen and those of the one that is open.
import { Kbd, Modal } from '@mantine/core';
import { COMMANDS } from './commands.ts';
import classes from './keys-help.module.css';
import type { Screen, ScreenKey } from './screens.ts';

export const KEYS_EVERYWHERE: readonly ScreenKey[] = [
  ...COMMANDS.flatMap(({ keys, title }) => (keys === null ? [] : [{ keys, does: title }])),
  { keys: 'Alt + Left, Alt + Right', does: 'Back and forward' },
  { keys: 'Escape', does: 'Close what is open' },
];

type Props = { readonly opened: boolean; readonly onClose: () => void; readonly screen: Screen | null };

export function KeysHelp({ opened, onClose, screen }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" size={520}>
      <KeyList title="Everywhere" keys={KEYS_EVERYWHERE} />
      {screen !== null && screen.keys.length > 0 && <KeyList title={screen.title} keys={screen.keys} />}
    </Modal>
  );
}

export function KeyList({ title, keys }: { readonly title: string; readonly keys: readonly ScreenKey[] }) {
  return (
    <section className={classes.section}>
      <h2 className={classes.title}>{title}</h2>
      <dl className={classes.keys}>
        {keys.map(({ keys: combination, does }) => (
          <div key={`${combination} ${does}`} className={classes.row}>
            <dt>{does}</dt>
            <dd>
              {combination.split(', ').map((one) => (
                <Kbd key={one} size="xs">
                  {one}
                </Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
