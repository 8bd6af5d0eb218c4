// Asks, once after an import, what a bill is that does not look like the payer's own; who answers is not asked again.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import {
  type BillQuestion,
  billQuestions,
  questionText,
} from '../../../shared/domain/ledger/bill-question.ts';
import { BillForm } from '../../app/bill-form.tsx';
import type { ImportReport } from '../../app/import-queue.ts';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Note } from '../../ui/states.tsx';

type CoveredExport = Output<'ledger.coverage'>['exports'][number];

export function BillQuestions({ report }: { readonly report: ImportReport }) {
  const format = useFormat();
  const held = useEngine('ledger.coverage', {});
  const [asked, setAsked] = useState<BillQuestion<CoveredExport> | null>(null);
  const questions = billQuestions(held.data?.exports ?? [], report.files);
  return (
    <>
      {questions.map((question) => {
        const { first, periods } = question;
        const months = periods.map((period) => format.month(period)).join(', ');
        return (
          <Note key={`${first.payer} ${first.report}`} tone="caution">
            {questionText(question, months)}{' '}
            <Button variant="subtle" size="compact-xs" onClick={() => setAsked(question)}>
              Say what it is
            </Button>
          </Note>
        );
      })}
      {asked !== null && (
        <BillForm
          payer={asked.first.payer}
          period={asked.first.period}
          report={asked.first.report}
          bill={asked.first.bill}
          reach={asked.periods.length > 1 ? 'report' : 'period'}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}
