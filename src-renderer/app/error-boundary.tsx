// Catches what a screen throws while drawing, so that the rest of the window stays usable.
import { Button } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { ErrorState } from '../ui/states.tsx';

type Props = {
  /** What the message names: the window, or a screen by its title. */
  readonly place: string;
  readonly children: ReactNode;
};
type State = { readonly error: Error | null };

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(_error: Error, _info: ErrorInfo): void {
    // The message is on the screen; nothing of a bill is written to a log.
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <div style={{ padding: 24, maxWidth: 720 }}>
        <ErrorState
          title={`The ${this.props.place} could not be drawn`}
          message={error.message}
          safe="Your workspace is not touched by this: nothing was written."
          onRetry={() => this.setState({ error: null })}
        >
          <Button variant="default" onClick={() => window.location.reload()}>
            Reload the window
          </Button>
        </ErrorState>
      </div>
    );
  }
}
