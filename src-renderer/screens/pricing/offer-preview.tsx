// What staged AWS offer files hold and would change, before anybody takes them.
import { Button, Table } from '@mantine/core';
import type { Output } from '../../../shared/contract/methods.ts';
import { offerProblemName } from '../../../shared/format/names.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { Note } from '../../ui/states.tsx';
import { ChangeGrid } from './change-grid.tsx';
import classes from './versions.module.css';

export type OfferReport = Output<'catalog.stageOffers'>;

type Props = {
  readonly report: OfferReport;
  readonly busy: boolean;
  readonly onTake: () => void;
  readonly onDrop: () => void;
};

export function OfferPreview({ report, busy, onTake, onDrop }: Props) {
  const format = useFormat();
  const { changes } = report;
  const counted = `${format.count(changes.new)} new, ${format.count(changes.changed)} changed, ${format.count(changes.vanished)} vanished, ${format.count(changes.scheduled)} scheduled; ${format.count(changes.confirmed)} confirmed`;
  return (
    <Panel
      title="What these files would change"
      grow
      note={`${counted}. Nothing has changed yet. Taking them prices all lines again; what was invoiced stays as it is.`}
      aside={
        <>
          <Button variant="default" size="xs" onClick={onDrop} disabled={busy}>
            Discard
          </Button>
          <Button size="xs" onClick={onTake} loading={busy}>
            Use these prices
          </Button>
        </>
      }
    >
      <div className={classes.preview}>
        <Files files={report.files} />
        {report.flags.length > 0 && (
          <Note tone="caution">
            <details>
              <summary>
                {format.count(report.flags.length)} {report.flags.length === 1 ? 'price is' : 'prices are'}{' '}
                out of line. They are taken as AWS states them.
              </summary>
              <ul className={classes.flags}>
                {report.flags.map(({ id, problem }) => (
                  <li key={`${id} ${problem}`}>
                    {id}: {problem}
                  </li>
                ))}
              </ul>
            </details>
          </Note>
        )}
        <ChangeGrid from={report.basedOn} to={report.version} />
      </div>
    </Panel>
  );
}

function Files({ files }: { readonly files: OfferReport['files'] }) {
  const format = useFormat();
  return (
    <Table fz="xs" verticalSpacing={2} className={classes.files}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>File</Table.Th>
          <Table.Th>Offer</Table.Th>
          <Table.Th>Published</Table.Th>
          <Table.Th ta="right">Rows</Table.Th>
          <Table.Th ta="right">Priced</Table.Th>
          <Table.Th>Kept without a price</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {files.map((file) => (
          <Table.Tr key={file.path}>
            <Table.Td>{file.path.split(/[\\/]/u).at(-1)}</Table.Td>
            <Table.Td>{file.offerCodes.join(', ')}</Table.Td>
            <Table.Td>
              {format.day(file.published)}
              {!file.publishedStated && ' (its newest price; the file states no day)'}
              {file.older && ', older than what is held: adds history only'}
            </Table.Td>
            <Table.Td ta="right">{format.count(file.rows.read)}</Table.Td>
            <Table.Td ta="right">{format.count(file.rows.priced)}</Table.Td>
            <Table.Td>
              {file.problems.length === 0
                ? 'none'
                : file.problems.map(({ reason, rows, examples }) => (
                    <div key={reason} title={examples.join('; ')}>
                      {format.count(rows)}: {offerProblemName(reason)}
                    </div>
                  ))}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
