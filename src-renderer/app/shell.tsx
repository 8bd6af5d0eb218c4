// The frame around every screen: rail, title and context bar, the screen itself, status line, palette, drop zone.
import { useComputedColorScheme } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { useEngine, useEngineEvent } from '../engine.ts';
import { ErrorState, Skeleton } from '../ui/states.tsx';
import { commandOf } from './commands.ts';
import { ContextBar } from './context-bar.tsx';
import { DropZone } from './drop-zone.tsx';
import { EngineBanner } from './engine-banner.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { useImportActivity } from './import-activity.tsx';
import { useKeptFocus } from './keep-focus.ts';
import { KeysHelp } from './keys-help.tsx';
import { openScreen, useAppLocation, useAskedLocation } from './navigation.ts';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import { ActionsSlot, ActionsSlotContext } from './screen-actions.tsx';
import { type Screen, screenOf } from './screens.ts';
import { useSettings } from './settings.tsx';
import classes from './shell.module.css';
import { StatusLine } from './status-line.tsx';
import { warmUp } from './warm-up.ts';

export function Shell() {
  const { screen: id } = useAppLocation();
  const { settings, change } = useSettings();
  const activity = useImportActivity();
  const scheme = useComputedColorScheme('light');
  const info = useEngine('workspace.info', {});
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const [keysShown, setKeysShown] = useState(false);
  const [isFailureSaid, setFailureSaid] = useState(false);
  useEngineEvent('engine.state', ({ state }) => setFailureSaid(state === 'failed'));
  const empty = info.data !== undefined && info.data.lineItems === 0 && info.data.rolledUpRows === 0;
  const shown = screenFor(id, empty);

  const toggleRail = (): void => change({ railCollapsed: !settings.railCollapsed });
  const run = (command: string): void =>
    commandOf(command)?.run({
      activity,
      openPalette: spotlight.open,
      showKeys: () => setKeysShown(true),
      toggleRail,
      toggleTheme: () => change({ theme: scheme === 'dark' ? 'light' : 'dark' }),
    });
  useEngineEvent('menu.command', ({ command }) => run(command));
  useHotkeys([
    ['mod+B', () => run('rail')],
    ['mod+I', () => run('import.files')],
    ['shift+?', () => run('keys')],
    ['mod+,', () => openScreen('settings')],
  ]);
  useEffect(() => void warmUp(), []);
  // A screen that leaves takes the focus with it; whoever uses the keyboard goes on in the one that comes.
  const shownId = shown?.id ?? null;
  const before = useRef(shownId);
  useEffect(() => {
    const isAnother = before.current !== null && before.current !== shownId;
    before.current = shownId;
    if (isAnother && document.activeElement === document.body) focusContent();
  }, [shownId]);
  useKeptFocus(focusContent);
  useEffect(() => {
    document.title = shown === null ? 'Assay' : `${shown.title} – Assay`;
  }, [shown]);

  return (
    <ActionsSlotContext value={slot}>
      <button type="button" className={classes.skip} onClick={focusContent}>
        Skip to the screen
      </button>
      <div className={classes.shell} data-collapsed={settings.railCollapsed ? true : undefined}>
        <AskedRail empty={empty} onToggle={toggleRail} />
        <div className={classes.main}>
          <EngineBanner />
          <header className={classes.header}>
            <div className={classes.titleRow}>
              <h1 className={classes.title}>{shown?.title ?? 'Not found'}</h1>
              <ActionsSlot onSlot={setSlot} />
            </div>
            {shown !== null && shown.usesContextBar !== false && (
              <ContextBar daysOnly={shown.usesContextBar === 'days'} />
            )}
          </header>
          <Content>
            {shown?.needsData === true && info.isError ? (
              <ErrorState
                title="No workspace is open"
                message={isFailureSaid ? 'The message above says why, and what to do.' : info.error.message}
              />
            ) : (
              <ScreenBody screen={shown} asked={id} />
            )}
          </Content>
          <StatusLine />
        </div>
      </div>
      <Palette run={run} focusContent={focusContent} />
      <KeysHelp opened={keysShown} onClose={() => setKeysShown(false)} screen={shown} />
      <DropZone />
    </ActionsSlotContext>
  );
}

/** The screen of an address; the start screen where it would have nothing to show. */
function screenFor(id: string, empty: boolean): Screen | null {
  const asked = screenOf(id);
  return asked?.needsData === true && empty ? screenOf('start') : asked;
}

type RailProps = { readonly empty: boolean; readonly onToggle: () => void };

/** Drawn by itself as soon as a move is asked for, while the screen is still on its way. */
function AskedRail({ empty, onToggle }: RailProps) {
  const { screen } = useAskedLocation();
  return <Rail current={screenFor(screen, empty)?.id ?? ''} empty={empty} onToggle={onToggle} />;
}

/**
 * Says that it is busy while it still shows what was asked before. Keys typed after a move are meant for the screen that
 * comes, so the one that stands until then does not hear them; those with Ctrl are the window's.
 */
function Content({ children }: { readonly children: ReactNode }) {
  const asked = useAskedLocation();
  const drawn = useAppLocation();
  const isLeaving = asked.screen !== drawn.screen;
  return (
    <main
      id="content"
      className={classes.content}
      tabIndex={-1}
      aria-busy={asked !== drawn || undefined}
      onKeyDownCapture={(event) => {
        if (!isLeaving || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {children}
    </main>
  );
}

function focusContent(): void {
  document.getElementById('content')?.focus();
}

function ScreenBody({ screen, asked }: { readonly screen: Screen | null; readonly asked: string }) {
  if (screen === null) {
    return (
      <ErrorState
        title="There is no such screen"
        message={`The address names “${asked}”. Choose a screen at the left, or press Ctrl+K to find one.`}
      />
    );
  }
  const { component: Body, id, title } = screen;
  return (
    <ErrorBoundary key={id} place={`screen “${title}”`}>
      <Suspense fallback={<Skeleton height={32} rows={6} />}>
        <Body />
      </Suspense>
    </ErrorBoundary>
  );
}
