// Says when no engine answers, when it came back, and what the last start had to put right.
import { Button, CloseButton } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import type { EngineEvent } from '../../shared/contract/events.ts';
import { useEngine, useEngineEvent } from '../engine.ts';
import classes from './engine-banner.module.css';
import { useNotice } from './notice.tsx';

type EngineState = Extract<EngineEvent, { type: 'engine.state' }>;
type Message = { readonly tone: 'info' | 'danger'; readonly text: string; readonly reload: boolean };

export function EngineBanner() {
  const [state, setState] = useState<EngineState | null>(null);
  const [read, setRead] = useState<string | null>(null);
  const { say } = useNotice();
  useEngineEvent('engine.state', (next) => {
    if (next.state === 'running' && state !== null && state.state !== 'running')
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
      {message.reload && (
        <Button variant="default" size="compact-xs" onClick={() => window.location.reload()}>
          Reload the window
        </Button>
      )}
      {!message.reload && (
        <CloseButton size="sm" aria-label="Dismiss the message" onClick={() => setRead(message.text)} />
      )}
    </div>
  );
}

function messageOf(
  state: EngineState | null,
  recovery: readonly string[],
  readOnly: boolean,
): Message | null {
  switch (state?.state) {
    case 'restarting':
    case 'starting':
      return {
        tone: 'info',
        text: 'The engine stopped and is being started again. The workspace is as it was before the last import.',
        reload: false,
      };
    case 'failed':
      return {
        tone: 'danger',
        text: `The engine does not answer: ${state.failure?.message ?? 'no reason given'} The workspace file was left as it is.`,
        reload: true,
      };
    default: {
      const notes = [...new Set([...(state?.notes ?? []), ...recovery])];
      if (notes.length > 0) return { tone: 'info', text: notes.join(' '), reload: false };
      return readOnly
        ? {
            tone: 'info',
            text: 'This workspace is open for reading only: nothing can be imported or saved.',
            reload: false,
          }
        : null;
    }
  }
}
