// Says that rows could not be read, and leads to them: before a delivery is taken over as well as after.
import { Button } from '@mantine/core';
import { useScreenKeys } from '../../app/navigation.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Note } from '../../ui/states.tsx';

type Props = { readonly rejected: number; readonly isHeld: boolean };

export function RejectedNote({ rejected, isHeld }: Props) {
  const format = useFormat();
  const [, changeKeys] = useScreenKeys();
  if (rejected === 0) return null;
  const rows = rejected === 1 ? '1 row' : `${format.count(rejected)} rows`;
  const verb = isHeld ? (rejected === 1 ? 'is' : 'are') : 'would be';
  return (
    <Note tone="caution">
      {rows} could not be read and {verb} in no total.{' '}
      <Button variant="subtle" size="compact-xs" onClick={() => changeKeys({ view: 'rejected' })}>
        Show {rejected === 1 ? 'it' : 'them'}
      </Button>
    </Note>
  );
}
