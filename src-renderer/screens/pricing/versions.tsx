// Versions of the catalog: import AWS offer files with a look at what changes, compare versions, go back to any.
import { Button, Table } from '@mantine/core';
import { IconArrowLeft, IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import { useNotice } from '../../app/notice.tsx';
import { ScreenActions } from '../../app/screen-actions.tsx';
import { call } from '../../bridge.ts';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { ErrorState, Note, Skeleton } from '../../ui/states.tsx';
import { ChangeGrid } from './change-grid.tsx';
import { OfferPreview, type OfferReport } from './offer-preview.tsx';
import classes from './versions.module.css';

type Version = Output<'catalog.versions'>['versions'][number];
type Pair = { readonly from: number | null; readonly to: number | null };

export function CatalogVersions({ onBack }: { readonly onBack: () => void }) {
  const { data, error, refetch } = useEngine('catalog.versions', {});
  const [pair, setPair] = useState<Pair | null>(null);
  const work = useOfferWork();
  if (error !== null) {
    return (
      <ErrorState
        title="The versions could not be listed"
        message={error.message}
        safe="Imported lines keep the prices they were given."
        onRetry={() => void refetch()}
      />
    );
  }
  if (data === undefined) return <Skeleton height={28} rows={8} label="Reading the versions" />;
  const shown = pair ?? pairOf(data.versions);
  return (
    <div className={classes.versions}>
      <ScreenActions>
        <Button
          leftSection={<IconFileImport size={14} />}
          onClick={() => void work.stage()}
          loading={work.busy === 'stage'}
        >
          Import offer files
        </Button>
        <Button variant="default" leftSection={<IconArrowLeft size={14} />} onClick={onBack}>
          Back to prices
        </Button>
      </ScreenActions>
      {work.refusal !== null && <Note tone="danger">{work.refusal}</Note>}
      {work.report === null ? (
        <>
          <VersionList
            versions={data.versions}
            shown={shown}
            busy={work.busy !== null}
            onUse={(id) => void work.rollBack(id)}
            onCompare={setPair}
          />
          <Comparison pair={shown} versions={data.versions} />
        </>
      ) : (
        <OfferPreview
          report={work.report}
          busy={work.busy === 'take'}
          onTake={() => void work.take().then(() => setPair(null))}
          onDrop={() => void work.drop()}
        />
      )}
    </div>
  );
}

/** What the version in use changed; while that is the bundled catalog, what the newest version did. */
function pairOf(versions: readonly Version[]): Pair {
  const inUse = versions.find((version) => version.inUse && version.id !== null) ?? versions[0];
  return { from: inUse?.basedOn ?? null, to: inUse?.id ?? null };
}

/** The steps of an import of offers, one at a time; a refusal stays until the next step. */
function useOfferWork() {
  const { say } = useNotice();
  const [report, setReport] = useState<OfferReport | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState<'stage' | 'take' | 'use' | null>(null);
  const step = async (name: NonNullable<typeof busy>, run: () => Promise<void>): Promise<void> => {
    setBusy(name);
    setRefusal(null);
    try {
      await run();
    } catch (error) {
      setRefusal(error instanceof AssayError ? error.message : String(error));
    } finally {
      setBusy(null);
    }
  };
  return {
    report,
    refusal,
    busy,
    stage: () =>
      step('stage', async () => {
        const files = await window.assay.pickFiles();
        if (files.length === 0) return;
        const staged = await call('catalog.stageOffers', { sources: files.map(({ token }) => token) });
        if (staged.state === 'unchanged') say('These files are held already');
        else setReport(staged);
      }),
    take: () =>
      step('take', async () => {
        if (report?.version == null) return;
        await call('catalog.takeOffers', { version: report.version });
        setReport(null);
        say('The new prices are in use');
      }),
    drop: () =>
      step('use', async () => {
        await call('catalog.dropOffers', {});
        setReport(null);
      }),
    rollBack: (version: number | null) =>
      step('use', async () => {
        await call('catalog.rollback', { version });
        say(version === null ? 'The bundled catalog is in use' : `Version ${version} is in use`);
      }),
  };
}

const nameOf = (id: number | null): string => (id === null ? 'Bundled catalog' : `Version ${id}`);

type ListProps = {
  readonly versions: readonly Version[];
  readonly shown: Pair;
  readonly busy: boolean;
  readonly onUse: (id: number | null) => void;
  readonly onCompare: (pair: Pair) => void;
};

function VersionList({ versions, shown, busy, onUse, onCompare }: ListProps) {
  const format = useFormat();
  return (
    <Panel
      title="Versions"
      note="A version is the bundled catalog with the imported offers over it. No version is ever deleted."
    >
      <Table fz="sm" verticalSpacing={4} className={classes.files}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Version</Table.Th>
            <Table.Th>Made</Table.Th>
            <Table.Th>Offer files</Table.Th>
            <Table.Th ta="right">Prices</Table.Th>
            <Table.Th>
              <span className={classes.hidden}>Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {versions.map(({ id, inUse, madeAt, basedOn, prices, files }) => (
            <Table.Tr key={id ?? 0} aria-current={inUse ? 'true' : undefined}>
              <Table.Td>
                {nameOf(id)}
                {inUse && <span className={classes.inUse}>in use</span>}
              </Table.Td>
              <Table.Td>{madeAt === null ? 'with the app' : format.day(madeAt.slice(0, 10))}</Table.Td>
              <Table.Td>
                {files.length === 0
                  ? 'none'
                  : files
                      .map(({ offerCode, published }) => `${offerCode}, ${format.day(published)}`)
                      .join('; ')}
              </Table.Td>
              <Table.Td ta="right">{format.count(prices)}</Table.Td>
              <Table.Td>
                <div className={classes.rowActions}>
                  {id !== null && (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      disabled={shown.to === id && shown.from === basedOn}
                      onClick={() => onCompare({ from: basedOn, to: id })}
                      aria-label={`Changes of version ${id}`}
                    >
                      Changes
                    </Button>
                  )}
                  {!inUse && (
                    <Button
                      size="compact-xs"
                      variant="default"
                      disabled={busy}
                      onClick={() => onUse(id)}
                      aria-label={`Use ${nameOf(id).toLowerCase()}`}
                    >
                      Use
                    </Button>
                  )}
                </div>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function Comparison({ pair, versions }: { readonly pair: Pair; readonly versions: readonly Version[] }) {
  if (versions.length === 1) {
    return (
      <Note>
        Only the bundled catalog is here. Import AWS’s own price list (index.json or index.csv of
        AmazonBedrock, AmazonBedrockFoundationModels or AmazonBedrockAgentCore, or what aws pricing
        get-products prints) to price by it: what would change is shown first.
      </Note>
    );
  }
  const title = `Changes from ${nameOf(pair.from).toLowerCase()} to ${nameOf(pair.to).toLowerCase()}`;
  return (
    <Panel title={title} grow>
      <ChangeGrid from={pair.from} to={pair.to} />
    </Panel>
  );
}
