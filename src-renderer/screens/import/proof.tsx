// Whether what is held is what the files state, and what has no known kind: in a sentence each, with the way to more.
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Format } from '../../../shared/format/format.ts';
import { openScreen } from '../../app/navigation.ts';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import classes from './import.module.css';

/** Of one import, or of everything held where `batchId` is null. */
export function Proof({ batchId }: { readonly batchId: number | null }) {
  const format = useFormat();
  const tied = useEngine('import.tieOut', {});
  const info = useEngine('workspace.info', {});
  if (tied.isError)
    return <Sentence tone="wrong">The tie-out could not be computed: {tied.error.message}</Sentence>;
  if (tied.data === undefined || info.data === undefined) return null;
  const rows = tied.data.rows.filter((row) => batchId === null || row.batchId === batchId);
  const differing = rows.filter(({ agrees }) => !agrees).length;
  const { unknownLineItems } = info.data;
  return (
    <div className={classes.proof}>
      {rows.length > 0 && (
        <Sentence tone={differing === 0 ? 'good' : 'wrong'}>
          {tieSentence(rows.length, differing, format)}{' '}
          <Button variant="subtle" size="compact-xs" onClick={() => openScreen('ledger')}>
            Tie out with the invoices
          </Button>
        </Sentence>
      )}
      {batchId === null && unknownLineItems > 0 && (
        <Sentence tone="caution">
          {unknownLineItems === 1
            ? '1 line of Bedrock is of unknown kind: it is in every total with its cost, without a model.'
            : `${format.count(unknownLineItems)} lines of Bedrock are of unknown kind: they are in every total with their cost, without a model.`}{' '}
          <Button variant="subtle" size="compact-xs" onClick={() => openScreen('review')}>
            Review them
          </Button>
        </Sentence>
      )}
    </div>
  );
}

function tieSentence(totals: number, differing: number, format: Format): string {
  if (differing === 0 && totals === 1)
    return 'The one total of the files agrees with what is held, in rows and in cost.';
  return differing === 0
    ? `All ${format.count(totals)} totals of the files agree with what is held, in rows and in cost.`
    : `${format.count(differing)} of ${format.count(totals)} totals of the files are not what is held: forget the period and import its files again.`;
}

type SentenceProps = { readonly tone: 'good' | 'caution' | 'wrong'; readonly children: ReactNode };

function Sentence({ tone, children }: SentenceProps) {
  return (
    <p className={classes.accounted}>
      {tone === 'good' ? (
        <IconCheck size={16} className={classes.okay} aria-hidden />
      ) : (
        <IconAlertTriangle
          size={16}
          className={tone === 'wrong' ? classes.wrong : classes.caution}
          aria-hidden
        />
      )}
      <span>{children}</span>
    </p>
  );
}
