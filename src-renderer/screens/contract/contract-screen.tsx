// Contract rates: edit them in a sheet or take a rate card, see what they make of the bill, keep every change as a version.
import { Button, Menu, Switch } from '@mantine/core';
import { IconDeviceFloppy, IconDownload, IconFileImport, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { ScreenActions } from '../../app/screen-actions.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { EmptyState, ErrorState, Note, Skeleton } from '../../ui/states.tsx';
import classes from './contract.module.css';
import { addAfter, shownColumns } from './draft.ts';
import { EffectPanel } from './effect-panel.tsx';
import { RateSheet } from './rate-sheet.tsx';
import { useRates } from './use-rates.ts';
import { VersionList } from './version-list.tsx';

type Rates = ReturnType<typeof useRates>;

export function ContractScreen() {
  const rates = useRates();
  const { held, draft, report } = rates;
  const [all, setAll] = useState(false);
  const [isNew, setNew] = useState(false);
  const addFirst = (): void => {
    setNew(true);
    rates.change(addAfter(draft, -1));
  };
  if (held.error !== null) {
    return (
      <ErrorState
        title="The contract rates could not be read"
        message={held.error.message}
        safe="Lines keep the contract amounts they have."
        onRetry={() => void held.refetch()}
      />
    );
  }
  if (held.data === undefined) return <Skeleton height={28} rows={8} label="Reading the contract rates" />;
  const { versions } = held.data;
  const shown = shownColumns(draft, all);
  const isEmpty = draft.rows.length === 0 && !rates.changed;
  return (
    <div className={classes.screen}>
      {!isEmpty && <Actions rates={rates} />}
      {rates.refusal !== null && <Note tone="danger">{rates.refusal}</Note>}
      {isEmpty ? (
        <Empty rates={rates} onAdd={addFirst} />
      ) : (
        <>
          <Status rates={rates} all={all} onAll={setAll} />
          <section className={classes.sheet} aria-label="Rates">
            <RateSheet
              draft={draft}
              shown={shown}
              faults={report?.faults ?? []}
              isNew={isNew}
              onChange={rates.change}
            />
          </section>
        </>
      )}
      {(draft.rows.length > 0 || versions.length > 0) && (
        <div className={classes.below}>
          <EffectPanel report={report} problem={rates.previewFailure} />
          {versions.length > 0 && (
            <VersionList versions={versions} busy={rates.busy} onUse={(version) => void rates.use(version)} />
          )}
        </div>
      )}
    </div>
  );
}

function Actions({ rates }: { readonly rates: Rates }) {
  const { draft, changed, busy, report, isChecked } = rates;
  const canSave = changed && isChecked && report?.faults.length === 0;
  return (
    <ScreenActions>
      <Button
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() => rates.change(addAfter(draft, draft.rows.length - 1))}
      >
        Add a rate
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconFileImport size={14} />} loading={busy}>
            Rate card
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void rates.readCard(false)}>Import in place of these…</Menu.Item>
          <Menu.Item onClick={() => void rates.readCard(true)} disabled={draft.rows.length === 0}>
            Import after those in use…
          </Menu.Item>
          <Menu.Item
            leftSection={<IconDownload size={14} />}
            onClick={() => void rates.exportCard()}
            disabled={rates.held.data?.rates.length === 0}
          >
            Export those in use…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {changed && (
        <Button variant="subtle" onClick={rates.discard} disabled={busy}>
          Discard changes
        </Button>
      )}
      <Button
        leftSection={<IconDeviceFloppy size={14} />}
        disabled={!canSave}
        loading={busy}
        onClick={() => void rates.save()}
      >
        Save as a version
      </Button>
    </ScreenActions>
  );
}

type StatusProps = {
  readonly rates: Rates;
  readonly all: boolean;
  readonly onAll: (all: boolean) => void;
};

function Status({ rates: { held, draft, changed, report }, all, onAll }: StatusProps) {
  const format = useFormat();
  const version = held.data?.version ?? null;
  const told = version === null ? 'No rates in use' : `Version ${version} in use`;
  const { added, removed } = report?.changes ?? { added: 0, removed: 0 };
  return (
    <div className={classes.status}>
      <span>
        {told}, {draft.rows.length === 1 ? '1 rate' : `${format.count(draft.rows.length)} rates`}
        {changed && (
          <strong>
            {' · not saved'}
            {report?.effect == null ? '' : `: ${format.count(added)} new, ${format.count(removed)} gone`}
          </strong>
        )}
      </span>
      <span className={classes.rule}>
        The rate that names more comes first, then a price before a percentage. * is every one.
      </span>
      <Switch
        size="xs"
        label="All parts"
        checked={all}
        onChange={({ currentTarget }) => onAll(currentTarget.checked)}
      />
    </div>
  );
}

function Empty({ rates, onAdd }: { readonly rates: Rates; readonly onAdd: () => void }) {
  return (
    <div className={classes.empty}>
      <EmptyState
        title="No contract rates"
        actions={
          <>
            <Button
              leftSection={<IconFileImport size={14} />}
              onClick={() => void rates.readCard(false)}
              loading={rates.busy}
            >
              Import a rate card
            </Button>
            <Button variant="default" onClick={onAdd}>
              Add a rate
            </Button>
          </>
        }
      >
        What you negotiated, as percent off the catalog or as prices, by provider, model, meter, mode, region,
        account and day. Lines then show what they cost under the contract beside list and invoice. Without
        rates that amount is not known, and never taken for zero.
      </EmptyState>
    </div>
  );
}
