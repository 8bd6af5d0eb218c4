// Takes what is shown out of the app: all groups or all line items of the question as CSV.
import { Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Period } from '../../../shared/domain/spend/vocabulary.ts';
import { useNotice } from '../../app/notice.tsx';
import { ScreenActions } from '../../app/screen-actions.tsx';
import { call } from '../../bridge.ts';
import { download } from '../../ui/download.ts';
import { useFormat } from '../../ui/format-context.ts';
import { MenuButton } from '../../ui/menu-button.tsx';
import { provenanceText } from './provenance.tsx';
import type { SpendQuery } from './question.ts';
import type { LinesQuery } from './use-lines.ts';

type Props = {
  readonly groups: SpendQuery;
  readonly lines: LinesQuery;
  readonly period: Period | null;
  readonly held: Period | null;
  /** What is shown, in words. */
  readonly question: string;
};

export function Exports({ groups, lines, period, held, question }: Props) {
  const format = useFormat();
  const { say } = useNotice();
  const days = period === null ? 'all' : `${period.from}_${period.to}`;
  const save = async (name: string, write: (target: string) => Promise<{ rows: number; bytes: number }>) => {
    try {
      const target = await window.assay.saveAs(`${name} ${days}.csv`);
      if (target === null) return;
      const { rows, bytes } = await write(target.token);
      await window.assay.saved(target.token);
      say(
        `Exported ${format.count(rows)} ${rows === 1 ? 'row' : 'rows'} to ${target.name} (${format.bytes(bytes)})`,
      );
    } catch (error) {
      say(`Not exported: ${error instanceof Error ? error.message : String(error)}`, 'failed');
    }
  };
  const saveBasis = async (): Promise<void> => {
    try {
      const { provenance } = await call('spend.query', { ...groups, limit: 1 });
      const text = provenanceText(provenance, held, question, format);
      download(`spend ${days} basis.txt`, new Blob([text], { type: 'text/plain' }));
    } catch (error) {
      say(`Not exported: ${error instanceof Error ? error.message : String(error)}`, 'failed');
    }
  };
  return (
    <ScreenActions>
      <MenuButton label="Export" icon={<IconDownload size={14} />}>
        <Menu.Item
          onClick={() => void save('spend', (target) => call('export.spend', { query: groups, target }))}
        >
          All groups, CSV
        </Menu.Item>
        <Menu.Item
          onClick={() =>
            void save('line items', (target) => call('export.lineItems', { query: lines, target }))
          }
        >
          All line items, CSV
        </Menu.Item>
        <Menu.Item onClick={() => void saveBasis()}>Basis, filters and notes, text</Menu.Item>
      </MenuButton>
    </ScreenActions>
  );
}
