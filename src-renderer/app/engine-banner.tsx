// Says when no engine answers, when it came back, and what the last start had to put right.
import { Button, CloseButton } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import type { EngineEvent } from '../../shared/contract/events.ts';
import { useEngine, useEngineEvent } from '../engine.ts';
import { BackupChoice } from './backup-choice.tsx';
import classes from './engine-banner.module.css';
import { useNotice } from './notice.tsx';

type EngineState = Extract<EngineEvent, { type: 'engine.state' }>;
type Message = {
  readonly tone: 'info' | 'danger';
  readonly text: string;
  /** What a person can do about it here, beside reading. */
  readonly way: 'reload' | 'restore' | 'dismiss';
};

export function EngineBanner() {
  const [state, setState] = useState<EngineState | null>(null);
  const [read, setRead] = useState<string | null>(null);
  const [choosing, setChoosing] = useState(false);
  const { say } = useNotice();
  useEngineEvent('engine.state', (next) => {
    if (next.state === 'running' && (state?.state === 'restarting' || state?.state === 'failed'))
      say('The engine runs again.');
    setState(next);
  });
  const { data } = useEngine('workspace.info', {});
  const message = messageOf(state, data?.recovery ?? [], data?.readOnly === true);
  if (message === null || message.text === read) return null;
  const Icon = message.tone === 'danger' ? IconAlertTriangle : IconInfoCircle;
  return (
    <div
      className={classes.banner}
      data-tone={message.tone}
      role={message.tone === 'danger' ? 'alert' : 'status'}
    >
      <Icon size={16} aria-hidden />
      <span className={classes.text}>{message.text}</span>
      {message.way === 'restore' && (
        <Button variant="default" size="compact-xs" onClick={() => setChoosing(true)}>
          Choose a backup
        </Button>
      )}
      {message.way !== 'dismiss' ? (
        <Button variant="default" size="compact-xs" onClick={() => window.location.reload()}>
          Reload the window
        </Button>
      ) : (
        <CloseButton size="sm" aria-label="Dismiss the message" onClick={() => setRead(message.text)} />
      )}
      {choosing && <BackupChoice backups={state?.backups ?? []} onClose={() => setChoosing(false)} />}
    </div>
  );
}

/** A workspace that must not be opened says so itself, and that it was left as it is. */
function failedText(failure: EngineState['failure']): string {
  return failure?.code.startsWith('workspace_') === true
    ? failure.message
    : `The engine does not answer: ${failure?.message ?? 'no reason given'} The workspace file was left as it is.`;
}

function messageOf(
  state: EngineState | null,
  recovery: readonly string[],
  readOnly: boolean,
): Message | null {
  switch (state?.state) {
    case 'starting':
      return { tone: 'info', text: 'The engine is starting.', way: 'dismiss' };
    case 'restarting':
      return {
        tone: 'info',
        text: 'The engine stopped and is being started again. What it had not finished is taken back.',
        way: 'dismiss',
      };
    case 'failed':
      return {
        tone: 'danger',
        text: failedText(state.failure),
        way: state.backups.length > 0 ? 'restore' : 'reload',
      };
    default: {
      const notes = [...new Set([...(state?.notes ?? []), ...recovery])];
      if (notes.length > 0) return { tone: 'info', text: notes.join(' '), way: 'dismiss' };
      return readOnly
        ? {
            tone: 'info',
            text: 'This workspace is open for reading only: nothing can be imported or saved.',
            way: 'dismiss',
          }
        : null;
    }
  }
}
