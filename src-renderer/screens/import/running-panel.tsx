// The import that runs: how far, how fast, how long still; what waits behind it; and the way to stop it.
import { Button, CloseButton, Progress } from '@mantine/core';
import { IconCheck, IconCircleDashed, IconLoader2 } from '@tabler/icons-react';
import { type ImportProgress, useImportActivity, useImportProgress } from '../../app/import-activity.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import classes from './import.module.css';
import { baseName } from './report.ts';

const PHASES: Readonly<Record<ImportProgress['phase'], string>> = {
  reading: 'Reading rows',
  'rolling-up': 'Adding up the days',
  pricing: 'Looking up prices',
  done: 'Finishing',
};
/** Files listed by name; more are counted. */
const LISTED = 12;

export function RunningPanel() {
  const format = useFormat();
  const { queue, cancel, drop } = useImportActivity();
  const progress = useImportProgress();
  const { current, waiting } = queue;
  // Without a job of this window: it was loaded anew while the import went on, or another window runs it.
  const label = current?.job.label ?? (progress === null ? null : baseName(progress.file));
  if (label === null) return null;
  const share =
    progress === null || progress.bytesTotal === 0 ? null : progress.bytesRead / progress.bytesTotal;
  const phase =
    current?.phase === 'committing' ? 'Switching to the new data' : PHASES[progress?.phase ?? 'reading'];
  return (
    <Panel
      title={`Importing ${label}`}
      aside={
        current?.phase !== 'committing' && (
          <Button variant="default" size="compact-sm" onClick={() => void cancel()}>
            Cancel the import
          </Button>
        )
      }
    >
      <Progress
        value={(share ?? 0) * 100}
        animated={share === null || current?.phase === 'committing'}
        size="md"
        aria-label={`Importing ${label}`}
      />
      <dl className={classes.progressFacts}>
        <Fact label="State" value={phase} />
        <Fact label="Read" value={share === null ? '—' : format.percent(share, 0)} />
        <Fact label="Rows" value={format.count(progress?.rows ?? null)} />
        <Fact
          label="Speed"
          value={progress === null ? '—' : `${format.count(progress.rowsPerSecond)} rows/s`}
        />
        <Fact label="Time left" value={format.duration(progress?.secondsLeft ?? null)} />
        <Fact
          label="Size"
          value={
            progress === null
              ? '—'
              : `${format.bytes(progress.bytesRead)} of ${format.bytes(progress.bytesTotal)}`
          }
        />
      </dl>
      <FileList files={current?.job.files ?? []} progress={progress} />
      {waiting.length > 0 && (
        <ul className={classes.waiting} aria-label="Waiting imports">
          {waiting.map(({ id, label }) => (
            <li key={id}>
              <IconCircleDashed size={14} aria-hidden /> {label} waits
              <CloseButton size="xs" aria-label={`Do not import ${label}`} onClick={() => drop(id)} />
            </li>
          ))}
        </ul>
      )}
      <p className={classes.hint}>
        You can go on working: every figure shows what was held before until the import is complete.
      </p>
    </Panel>
  );
}

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

type FileListProps = { readonly files: readonly string[]; readonly progress: ImportProgress | null };

function FileList({ files, progress }: FileListProps) {
  const format = useFormat();
  if (progress === null || progress.fileCount < 2) return null;
  // A folder is one choice but many files: then only the one being read has a name here.
  if (files.length !== progress.fileCount) {
    return (
      <p className={classes.hint}>
        File {format.count(progress.fileIndex + 1)} of {format.count(progress.fileCount)}:{' '}
        {baseName(progress.file)}
      </p>
    );
  }
  return (
    <ul className={classes.files}>
      {files
        .slice(0, LISTED)
        .map((file, index) => ({ file, index }))
        .map(({ file, index }) => (
          <li key={`${index} ${file}`} data-state={stateOf(index, progress)}>
            {index < progress.fileIndex ? (
              <IconCheck size={14} className={classes.okay} aria-label="Read" />
            ) : index === progress.fileIndex ? (
              <IconLoader2 size={14} className={classes.busy} aria-label="Being read" />
            ) : (
              <IconCircleDashed size={14} aria-label="Waiting" />
            )}
            {file}
          </li>
        ))}
      {files.length > LISTED && <li>and {format.count(files.length - LISTED)} more</li>}
    </ul>
  );
}

function stateOf(index: number, { fileIndex }: ImportProgress): string {
  return index < fileIndex ? 'read' : index === fileIndex ? 'reading' : 'waiting';
}
