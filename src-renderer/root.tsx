// The root component: asks the engine which workspace is open and says so.
import { Code, Container, Loader, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Output } from '../shared/contract/methods.ts';
import { call } from './bridge.ts';

type State = { health: Output<'engine.health'> } | { failure: string } | null;

export function Root() {
  const [state, setState] = useState<State>(null);
  useEffect(() => {
    call('engine.health', {}).then(
      (health) => setState({ health }),
      (error: unknown) => setState({ failure: error instanceof Error ? error.message : String(error) }),
    );
  }, []);
  return (
    <Container component="main" py="xl">
      <Title order={1}>Assay</Title>
      {state === null && <Loader aria-label="Starting" />}
      {state !== null && 'failure' in state && <Text role="alert">{state.failure}</Text>}
      {state !== null && 'health' in state && (
        <Text>
          Workspace <Code>{state.health.workspace}</Code>, SQLite {state.health.sqlite}
        </Text>
      )}
    </Container>
  );
}
