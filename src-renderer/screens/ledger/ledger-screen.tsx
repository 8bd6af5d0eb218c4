// The ledger: whether what is held is what was invoiced.
import { Tabs } from '@mantine/core';
import { useScreenKeys } from '../../app/navigation.ts';
import { Close } from './close.tsx';
import { Coverage } from './coverage.tsx';
import classes from './ledger.module.css';
import { Restated } from './restated.tsx';
import { TieOut } from './tie-out.tsx';

const VIEWS = [
  { id: 'tie-out', title: 'Tie-out', view: TieOut },
  { id: 'calendar', title: 'Calendar', view: Coverage },
  { id: 'restated', title: 'Restated', view: Restated },
  { id: 'close', title: 'Month close', view: Close },
] as const;

export function LedgerScreen() {
  const [keys, change] = useScreenKeys();
  const chosen = VIEWS.find(({ id }) => id === keys.view) ?? VIEWS[0];
  return (
    <Tabs
      value={chosen.id}
      onChange={(id) => change({ view: id === VIEWS[0].id ? null : id })}
      keepMounted={false}
    >
      <Tabs.List>
        {VIEWS.map(({ id, title }) => (
          <Tabs.Tab key={id} value={id}>
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {VIEWS.map(({ id, view: View }) => (
        <Tabs.Panel key={id} value={id} className={classes.view}>
          <View />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
