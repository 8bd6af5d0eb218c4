// The versions of the contract rates: what each change was, and the way back to any.
import { Button, Table } from '@mantine/core';
import type { Output } from '../../../shared/contract/methods.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import classes from './contract.module.css';

type Version = Output<'overrides.list'>['versions'][number];

type Props = {
  readonly versions: readonly Version[];
  readonly busy: boolean;
  readonly onUse: (version: number | null) => void;
};

export function VersionList({ versions, busy, onUse }: Props) {
  const format = useFormat();
  const inUse = versions.some((version) => version.inUse);
  return (
    <Panel
      title="Versions"
      note="Every change is kept. Going back prices the lines again; what was invoiced never changes."
      aside={
        inUse && (
          <Button size="compact-xs" variant="subtle" disabled={busy} onClick={() => onUse(null)}>
            Use no rates
          </Button>
        )
      }
      grow
    >
      <div className={classes.versions}>
        <Table fz="xs" verticalSpacing={3}>
          <Table.Tbody>
            {versions.map(({ id, inUse: current, madeAt, what, rates }) => (
              <Table.Tr key={id} aria-current={current ? 'true' : undefined}>
                <Table.Td>{id}</Table.Td>
                <Table.Td>{format.day(madeAt.slice(0, 10))}</Table.Td>
                <Table.Td className={classes.what}>{what}</Table.Td>
                <Table.Td ta="right">{rates === 1 ? '1 rate' : `${format.count(rates)} rates`}</Table.Td>
                <Table.Td ta="right">
                  {current ? (
                    <span className={classes.inUse}>in use</span>
                  ) : (
                    <Button
                      size="compact-xs"
                      variant="default"
                      disabled={busy}
                      onClick={() => onUse(id)}
                      aria-label={`Use version ${id}`}
                    >
                      Use
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Panel>
  );
}
