// One thin line at the bottom: a running import, lines being priced again, what is held and how well it is known, and
// what was just done, an import that ended meanwhile included.
import { Button, Progress } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Output } from '../../shared/contract/methods.ts';
import { engineKey, useEngine, useEngineEvent } from '../engine.ts';
import { useFormat } from '../ui/format-context.ts';
import { Hint } from '../ui/hint.tsx';
import { type ImportProgress, useImportActivity, useImportProgress } from './import-activity.tsx';
import { outcomeTitle, rejectedOf, toTell } from './import-outcome.ts';
import { openScreen, useAppLocation } from './navigation.ts';
import { useNotice } from './notice.tsx';
import classes from './status-line.module.css';

export function StatusLine() {
  const { queue } = useImportActivity();
  const progress = useImportProgress();
  const { notice } = useNotice();
  return (
    <footer className={classes.line}>
      {progress !== null && <Running progress={progress} />}
      {progress === null && queue.current?.phase === 'deciding' && (
        <button type="button" className={classes.open} onClick={() => openScreen('import')}>
          An import waits for your decision
        </button>
      )}
      <Ended />
      <Repricing />
      <span className={classes.notice} data-tone={notice?.tone} role="status">
        {notice?.text ?? ''}
      </span>
      <Held />
      <Hint label="Assay opens no network connection: files, workspace and figures stay on this machine.">
        <span className={classes.offline}>
          <IconCloudOff size={14} stroke={1.5} aria-hidden /> Offline
        </span>
      </Hint>
    </footer>
  );
}

/** Said to whoever works elsewhere when an import ends, until they have been where it is shown. */
function Ended() {
  const format = useFormat();
  const { queue } = useImportActivity();
  const { screen } = useAppLocation();
  const [seen, setSeen] = useState(0);
  const newest = queue.outcomes[0]?.job.id ?? 0;
  const isShown = screen === 'import';
  if (isShown && newest > seen) setSeen(newest);
  const outcome = isShown ? null : toTell(queue.outcomes, seen);
  const tone =
    outcome?.kind === 'failed' ? 'failed' : outcome !== null && rejectedOf(outcome) > 0 ? 'caution' : 'done';
  return (
    <span role="status" className={classes.ended} data-tone={tone}>
      {outcome !== null && (
        <button type="button" className={classes.open} onClick={() => openScreen('import')}>
          {outcomeTitle(outcome, format)}
        </button>
      )}
    </span>
  );
}

function Running({ progress }: { readonly progress: ImportProgress }) {
  const format = useFormat();
  const { cancel } = useImportActivity();
  const share = progress.bytesTotal === 0 ? 0 : progress.bytesRead / progress.bytesTotal;
  return (
    <span className={classes.running}>
      <button type="button" className={classes.open} onClick={() => openScreen('import')}>
        Importing {progress.file.split(/[\\/]/u).at(-1)}
      </button>
      <Progress value={share * 100} w={120} size="sm" aria-label="Import progress" />
      <span>
        {format.percent(share, 0)} · {format.count(progress.rows)} rows
        {progress.secondsLeft !== null && ` · ${format.duration(progress.secondsLeft)} left`}
      </span>
      <Button variant="subtle" size="compact-xs" onClick={() => void cancel()}>
        Cancel
      </Button>
    </span>
  );
}

/** Questions about prices are answered when it is over: this says what they wait for. */
function Repricing() {
  const format = useFormat();
  const client = useQueryClient();
  const { data: info } = useEngine('workspace.info', {});
  useEngineEvent('pricing.progress', ({ repricing }) => {
    client.setQueryData<Output<'workspace.info'>>(
      engineKey('workspace.info', {}),
      (held) => held && { ...held, repricing },
    );
  });
  const repricing = info?.repricing ?? null;
  if (repricing === null) return null;
  const share = repricing.total === 0 ? 0 : repricing.done / repricing.total;
  return (
    <Hint
      label={`Prices changed (catalog ${repricing.catalogVersion}). Figures that depend on them appear when all lines have followed; what was invoiced stays as it is.`}
    >
      <span className={classes.running}>
        <span>Pricing {format.count(repricing.series)} series again</span>
        <Progress value={share * 100} w={120} size="sm" aria-label="Pricing progress" />
        <span>{format.percent(share, 0)}</span>
      </span>
    </Hint>
  );
}

function Held() {
  const format = useFormat();
  const { data: info } = useEngine('workspace.info', {});
  const { data: catalog } = useEngine('catalog.info', {});
  if (info === undefined) return null;
  return (
    <span className={classes.facts}>
      {info.bills.map(({ name, periods }) => (
        <Hint
          key={name}
          label={`Kind of bill of ${periods.map(format.month).join(', ')}. See Ledger, Calendar.`}
        >
          <span data-caution>{name}</span>
        </Hint>
      ))}
      <Hint
        label={`Beside them ${format.count(info.candidateLineItems)} lines of the AI estate, mostly as daily sums with all their labels, and ${format.count(info.rolledUpRows)} lines of the rest of the bill as short daily sums.`}
      >
        <span>
          {format.count(info.lineItems)} Bedrock {info.lineItems === 1 ? 'line' : 'lines'} held
        </span>
      </Hint>
      <Hint label="Bedrock usage lines that no classification rule covers. Their cost is in every total.">
        <span data-caution={info.unknownLineItems > 0 ? true : undefined}>
          {format.count(info.unknownLineItems)} unknown
        </span>
      </Hint>
      <Hint label="Share of the usage cost for which the catalog has no price on the day of use.">
        <span data-caution={(info.unpricedShare ?? 0) > 0 ? true : undefined}>
          {info.repricing === null ? `${format.percent(info.unpricedShare)} unpriced` : 'Being priced'}
        </span>
      </Hint>
      {catalog !== undefined && (
        <Hint
          label={`Catalog ${catalog.version}: ${format.count(catalog.prices)} prices. The newest was seen on this day.`}
        >
          <span>Catalog {catalog.seenTo === null ? catalog.version : format.day(catalog.seenTo)}</span>
        </Hint>
      )}
    </span>
  );
}
