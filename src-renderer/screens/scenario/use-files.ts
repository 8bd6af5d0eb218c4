// Keeping scenarios: saved in the workspace, exported to files, read back from JSON.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import { scenario as scenarioSchema } from '../../../shared/contract/scenario.ts';
import { readScenarioText } from '../../../shared/contract/scenario-file.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { useNotice } from '../../app/notice.tsx';
import { call } from '../../bridge.ts';
import { useEngine } from '../../engine.ts';
import { fileName } from '../../ui/download.ts';
import type { Draft } from './use-draft.ts';

export type SavedScenario = Output<'scenario.list'>['scenarios'][number];
export type Files = ReturnType<typeof useFiles>;

const NONE: readonly SavedScenario[] = [];

export function useFiles({ scenario, dispatch }: Draft) {
  /** A report is put on paper once, however often the page is told that it stands. */
  const printing = useRef(false);
  const [printed, setPrinted] = useState<Output<'scenario.report'> | null>(null);
  const { name } = scenario;
  const footer = printed?.source ?? '';
  const list = useEngine('scenario.list', {});
  const client = useQueryClient();
  const { say } = useNotice();
  const [busy, setBusy] = useState(false);
  const attempt = async (what: string, action: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await action();
    } catch (error) {
      say(`${what}: ${error instanceof Error ? error.message : String(error)}`, 'failed');
    } finally {
      setBusy(false);
    }
  };
  const listChanged = (): Promise<void> => client.invalidateQueries({ queryKey: ['scenario.list'] });
  return {
    saved: list.data?.scenarios ?? NONE,
    busy,
    /** Opens something that is not saved in the workspace. */
    start: (started: Scenario): void => dispatch({ type: 'open', scenario: started, savedId: null }),
    open: ({ id, scenario: opened }: SavedScenario): void =>
      dispatch({ type: 'open', scenario: opened, savedId: id }),
    /** `id` null saves a new one. */
    save: (id: number | null, name = scenario.name): Promise<void> =>
      attempt('Not saved', async () => {
        const saved = await call('scenario.save', { id, scenario: mutable({ ...scenario, name }) });
        dispatch(
          id === null
            ? { type: 'open', scenario: saved.scenario, savedId: saved.id }
            : { type: 'saved', scenario: saved.scenario, savedId: saved.id },
        );
        await listChanged();
        say(`Saved “${saved.name}”`);
      }),
    remove: (id: number | null): Promise<void> =>
      attempt('Not deleted', async () => {
        if (id === null) return;
        await call('scenario.delete', { id });
        dispatch({ type: 'forgotten' });
        await listChanged();
        say(`Deleted “${scenario.name}” from the workspace`);
      }),
    exportAs: (format: 'csv' | 'xlsx' | 'json' | 'md'): Promise<void> =>
      attempt('Not exported', async () => {
        const target = await window.assay.saveAs(`${fileName(scenario.name)}.${format}`);
        if (target === null) return;
        const { bytes } = await call('export.scenario', {
          scenario: mutable(scenario),
          target: target.token,
          format,
        });
        await window.assay.saved(target.token);
        say(`Exported ${target.name} (${bytes} bytes)`);
      }),
    /** The report that is being put on paper; the screen renders it and calls `print` when it stands. */
    printed,
    printReport: (): Promise<void> =>
      attempt('Not printed', async () => {
        setPrinted(await call('scenario.report', { scenario: mutable(scenario) }));
      }),
    print: useCallback(async (): Promise<void> => {
      if (printing.current) return;
      printing.current = true;
      try {
        const saved = await window.assay.printPage(`${fileName(name)}.pdf`, `${name} · ${footer}`);
        if (saved !== null) say(`Exported ${saved.name}`);
      } catch (error) {
        say(`Not printed: ${error instanceof Error ? error.message : String(error)}`, 'failed');
      } finally {
        printing.current = false;
        setPrinted(null);
      }
    }, [name, footer, say]),
    importFrom: (file: File): Promise<void> =>
      attempt('Not imported', async () => {
        dispatch({ type: 'open', scenario: readScenarioText(await file.text(), file.name), savedId: null });
        say(`Imported ${file.name}. It is not saved in the workspace yet.`);
      }),
  };
}

/** What crosses to the engine is a plain copy: its shape there has no read-only lists. */
const mutable = (scenario: Scenario): Output<'scenario.save'>['scenario'] => scenarioSchema.parse(scenario);
