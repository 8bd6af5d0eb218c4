// The work on contract rates: the draft, what the engine says of it, and keeping it, reading a card, going back.
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { useNotice } from '../../app/notice.tsx';
import { saveExport } from '../../app/save-export.ts';
import { call } from '../../bridge.ts';
import { useEngine } from '../../engine.ts';
import { draftOf, isChanged, type Report, ratesOf } from './draft.ts';
import { useKeptDraft } from './use-kept-draft.ts';

const PAUSE_MILLISECONDS = 250;

export function useRates() {
  const held = useEngine('overrides.list', {});
  const info = useEngine('workspace.info', {});
  const [edited, setDraft] = useKeptDraft(info.data?.path ?? null);
  const work = useWork();
  const inUse = held.data?.rates;
  const draft = useMemo(() => edited ?? draftOf(inUse ?? []), [edited, inUse]);
  const [settled] = useDebouncedValue(draft, PAUSE_MILLISECONDS);
  const preview = useEngine(
    'overrides.preview',
    { rates: ratesOf(settled) },
    { enabled: held.data !== undefined },
  );
  const isCurrent = settled === draft || JSON.stringify(ratesOf(settled)) === JSON.stringify(ratesOf(draft));
  const report: Report | null = preview.data ?? null;
  const changed = isChanged(draft, inUse ?? []);
  return {
    held,
    draft,
    changed,
    report,
    /** Whether the report is about the rows as they stand, so that what is saved is what was looked at. */
    isChecked: isCurrent && !preview.isPlaceholderData && report !== null,
    previewFailure: preview.error?.message ?? null,
    refusal: work.refusal,
    busy: work.busy,
    change: setDraft,
    discard: () => setDraft(null),
    save: () =>
      work.step('The rates are in use', async () => {
        await call('overrides.save', { rates: ratesOf(draft), what: draft.what });
        setDraft(null);
      }),
    readCard: (add: boolean) =>
      work.step(null, async () => {
        const [file, ...others] = await window.assay.pickFiles();
        if (file === undefined) return;
        if (others.length > 0) throw new Error('Choose one rate card at a time. Nothing was read.');
        const card = await call('overrides.read', { sources: [file.token], add });
        setDraft(draftOf(card.rates, `rate card ${card.file}`.slice(0, 500)));
      }),
    use: (version: number | null) =>
      work.step(version === null ? 'No rates are in use' : `Version ${version} is in use`, async () => {
        await call('overrides.use', { version });
        setDraft(null);
      }),
    exportCard: () =>
      work.step(null, async () => {
        await saveExport('contract-rates.csv', 'export.overrides', (target) => ({ target }));
      }),
  };
}

/** One step at a time; a refusal stays until the next. */
function useWork() {
  const { say } = useNotice();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const step = async (done: string | null, run: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setRefusal(null);
    try {
      await run();
      if (done !== null) say(done);
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return { refusal, busy, step };
}
