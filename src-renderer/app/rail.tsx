// The way between screens: words and icons at the left, folded to icons when asked.
import { ActionIcon } from '@mantine/core';
import {
  IconDatabase,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
} from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { useEngine } from '../engine.ts';
import { Hint } from '../ui/hint.tsx';
import { formatLocation } from './location.ts';
import { openScreen, useAskedLocation } from './navigation.ts';
import classes from './rail.module.css';
import { SCREENS, type Screen } from './screens.ts';
import { useSettings } from './settings.tsx';

const GROUPS: readonly Screen['group'][] = ['analyse', 'price', 'plan', 'data', 'app'];

type Props = { readonly current: string; readonly empty: boolean; readonly onToggle: () => void };

export function Rail({ current, empty, onToggle }: Props) {
  const { settings } = useSettings();
  const collapsed = settings.railCollapsed;
  const groups = GROUPS.map((group) => SCREENS.filter((screen) => screen.group === group)).filter(
    (screens) => screens.length > 0,
  );
  const Fold = collapsed ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <nav className={classes.rail} aria-label="Screens">
      <WorkspaceButton collapsed={collapsed} current={current} />
      {groups.map((screens, index) => (
        <ul
          key={screens[0]?.id}
          className={classes.group}
          data-last={index === groups.length - 1 ? true : undefined}
        >
          {screens.map((screen) => (
            <li key={screen.id}>
              <RailLink
                screen={screen}
                active={screen.id === current || (empty && current === 'start' && screen.id === 'overview')}
                collapsed={collapsed}
              />
            </li>
          ))}
        </ul>
      ))}
      <div className={classes.foot}>
        <Hint label={`${collapsed ? 'Unfold' : 'Fold'} the rail (Ctrl + B)`} position="right">
          <ActionIcon aria-label={collapsed ? 'Unfold the rail' : 'Fold the rail'} onClick={onToggle}>
            <Fold size={18} stroke={1.5} />
          </ActionIcon>
        </Hint>
      </div>
    </nav>
  );
}

function WorkspaceButton({ collapsed, current }: { readonly collapsed: boolean; readonly current: string }) {
  const { data } = useEngine('workspace.info', {});
  const name = data?.name ?? 'Workspace';
  return (
    <Hint label={data === undefined ? name : `${name} — ${data.path}`} position="right">
      <button
        type="button"
        className={classes.workspace}
        aria-current={current === 'start' ? 'page' : undefined}
        aria-label={collapsed ? `Workspace ${name}: open another or start anew` : undefined}
        onClick={() => openScreen('start')}
      >
        <IconDatabase size={18} stroke={1.5} />
        {!collapsed && (
          <span className={classes.workspaceText}>
            <span className={classes.product}>Assay</span>
            <span className={classes.workspaceName}>{name}</span>
          </span>
        )}
      </button>
    </Hint>
  );
}

type LinkProps = { readonly screen: Screen; readonly active: boolean; readonly collapsed: boolean };

function RailLink({ screen, active, collapsed }: LinkProps) {
  const { context } = useAskedLocation();
  const { icon: Icon, title, id } = screen;
  const follow = (event: MouseEvent): void => {
    event.preventDefault();
    openScreen(id);
  };
  return (
    <Hint label={title} position="right" disabled={!collapsed}>
      <a
        className={classes.link}
        href={formatLocation({ screen: id, context, own: {} })}
        aria-current={active ? 'page' : undefined}
        aria-label={collapsed ? title : undefined}
        onClick={follow}
      >
        <Icon size={18} stroke={1.5} />
        {!collapsed && <span>{title}</span>}
      </a>
    </Hint>
  );
}
