// What stands where figures will stand, are missing or could not be had.
//
// Delayed      shows its children only after 150 ms, so that quick answers do not flicker
// Skeleton     grey shape of the coming layout (rows × height)
// EmptyState   icon, title, what to do, buttons
// ErrorState   what happened, what is safe, what to do (retry)
// Note         a partial state: what is missing and why; tone caution, info or danger
import { Button, Group } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle, IconRefresh } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import classes from './states.module.css';

export function Delayed({
  milliseconds = 150,
  children,
}: {
  readonly milliseconds?: number;
  readonly children: ReactNode;
}) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setShown(true), milliseconds);
    return () => window.clearTimeout(timer);
  }, [milliseconds]);
  return shown ? children : null;
}

export function Skeleton({
  height,
  rows = 1,
  label = 'Loading',
}: {
  readonly height: number;
  readonly rows?: number;
  readonly label?: string;
}) {
  return (
    <div
      className={classes.skeletons}
      role="status"
      aria-label={label}
      style={{ minHeight: rows * (height + 8) - 8 }}
    >
      <Delayed>
        {Array.from({ length: rows }, (_, index) => index).map((row) => (
          <div
            key={row}
            className={classes.skeleton}
            style={{ height, width: rows > 1 ? `${100 - ((row * 17) % 30)}%` : '100%' }}
          />
        ))}
      </Delayed>
    </div>
  );
}

type EmptyProps = {
  readonly title: string;
  readonly children?: ReactNode;
  readonly icon?: ReactNode;
  readonly actions?: ReactNode;
};

export function EmptyState({ title, children = null, icon = null, actions = null }: EmptyProps) {
  return (
    <div className={classes.empty}>
      {icon !== null && (
        <span className={classes.icon} aria-hidden>
          {icon}
        </span>
      )}
      <p className={classes.emptyTitle}>{title}</p>
      {children !== null && <div className={classes.emptyText}>{children}</div>}
      {actions !== null && (
        <Group gap="sm" mt="sm" justify="center">
          {actions}
        </Group>
      )}
    </div>
  );
}

type ErrorProps = {
  readonly title: string;
  /** The engine's message: names file, line, column, value and remedy where they are known. */
  readonly message: string;
  /** What is safe in spite of it. */
  readonly safe?: string;
  readonly onRetry?: (() => void) | null;
  readonly children?: ReactNode;
};

export function ErrorState({ title, message, safe, onRetry = null, children = null }: ErrorProps) {
  return (
    <div className={classes.error} role="alert">
      <IconAlertTriangle size={18} className={classes.errorIcon} aria-hidden />
      <div>
        <p className={classes.errorTitle}>{title}</p>
        <p className={classes.errorText}>{message}</p>
        {safe !== undefined && <p className={classes.errorSafe}>{safe}</p>}
        {(onRetry !== null || children !== null) && (
          <Group gap="sm" mt="sm">
            {onRetry !== null && (
              <Button variant="default" leftSection={<IconRefresh size={14} />} onClick={onRetry}>
                Try again
              </Button>
            )}
            {children}
          </Group>
        )}
      </div>
    </div>
  );
}

type NoteProps = { readonly tone?: 'info' | 'caution' | 'danger'; readonly children: ReactNode };

export function Note({ tone = 'info', children }: NoteProps) {
  const Icon = tone === 'info' ? IconInfoCircle : IconAlertTriangle;
  return (
    <div className={`${classes.note} ${classes[tone] ?? ''}`} role={tone === 'danger' ? 'alert' : 'note'}>
      <Icon size={16} className={classes.noteIcon} aria-hidden />
      <div className={classes.noteText}>{children}</div>
    </div>
  );
}
