// Review: what the bundled rules leave open, the workspace's own rules that answer it, and counts beside the bill.
import { Tabs } from '@mantine/core';
import { useScreenKeys } from '../../app/navigation.ts';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Note } from '../../ui/states.tsx';
import { CountsBeside } from './counts.tsx';
import classes from './review.module.css';
import { RulesList } from './rules-list.tsx';
import { Tray } from './tray.tsx';

const VIEWS = ['open', 'rules', 'counts'] as const;
type View = (typeof VIEWS)[number];

export function ReviewScreen() {
  const [keys, change] = useScreenKeys();
  const format = useFormat();
  const info = useEngine('workspace.info', {});
  const tray = useEngine('review.tray', {});
  const rules = useEngine('review.rules', {});
  const view: View = VIEWS.find((candidate) => candidate === keys.view) ?? 'open';
  const readOnly = info.data?.readOnly ?? false;
  return (
    <Tabs
      value={view}
      onChange={(chosen) => change({ view: chosen === 'open' ? null : chosen })}
      keepMounted={false}
      className={classes.screen}
    >
      <Tabs.List>
        <Tabs.Tab value="open">Open questions ({format.count(tray.data?.rowCount ?? null)})</Tabs.Tab>
        <Tabs.Tab value="rules">Your rules ({format.count(rules.data?.rules.length ?? null)})</Tabs.Tab>
        <Tabs.Tab value="counts">Counts beside the bill</Tabs.Tab>
      </Tabs.List>
      {readOnly && (
        <div className={classes.readOnly}>
          <Note tone="caution">
            This workspace is open for reading only: rules and counts can be looked at, not changed.
          </Note>
        </div>
      )}
      <Tabs.Panel value="open" className={classes.view}>
        <Tray readOnly={readOnly} />
      </Tabs.Panel>
      <Tabs.Panel value="rules" className={classes.view}>
        <RulesList readOnly={readOnly} />
      </Tabs.Panel>
      <Tabs.Panel value="counts" className={classes.view}>
        <CountsBeside readOnly={readOnly} />
      </Tabs.Panel>
    </Tabs>
  );
}
