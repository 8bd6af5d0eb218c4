// The first screen of an empty workspace, and the way to another one: import, try the sample, open what was open before.
import { Button, Group } from '@mantine/core';
import { IconDatabase, IconFileImport, IconFolder, IconPlus, IconTestPipe } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { RecentWorkspace } from '../../../shared/contract/protocol.ts';
import { useImportActivity } from '../../app/import-activity.tsx';
import { useNotice } from '../../app/notice.tsx';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import classes from './start.module.css';

export function Start() {
  const activity = useImportActivity();
  const { say } = useNotice();
  const tell = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => say(error instanceof Error ? error.message : String(error), 'failed'));
  };
  return (
    <div className={classes.start}>
      <section className={classes.lead}>
        <p className={classes.what}>
          Assay explains what Amazon Bedrock costs you: line by line, tied to the invoice, and what would
          change if you used it differently.
        </p>
        <div className={classes.drop}>
          <IconFileImport size={32} stroke={1.4} aria-hidden />
          <p className={classes.dropTitle}>Drop AWS billing exports anywhere in this window</p>
          <p className={classes.dropText}>
            Cost and Usage Reports 1.0 or 2.0 and FOCUS, as CSV (plain, gzip or zip) or Parquet; several parts
            or a whole folder at once.
          </p>
          <Group gap="sm" justify="center">
            <Button
              size="sm"
              leftSection={<IconFileImport size={16} />}
              onClick={() => tell(activity.pickFiles())}
            >
              Choose files
            </Button>
            <Button
              size="sm"
              variant="default"
              leftSection={<IconFolder size={16} />}
              onClick={() => tell(activity.pickFolder())}
            >
              Choose a folder
            </Button>
            <Button
              size="sm"
              variant="subtle"
              leftSection={<IconTestPipe size={16} />}
              onClick={activity.importSample}
            >
              Try the sample data
            </Button>
          </Group>
        </div>
        <p className={classes.privacy}>
          Nothing leaves this machine: Assay opens no network connection, and everything you import stays in
          one file of yours.
        </p>
      </section>
      <Workspaces tell={tell} />
    </div>
  );
}

function Workspaces({ tell }: { readonly tell: (work: Promise<unknown>) => void }) {
  const format = useFormat();
  const [recent, setRecent] = useState<readonly RecentWorkspace[] | null>(null);
  const { data: info } = useEngine('workspace.info', {});
  useEffect(() => {
    window.assay.recentWorkspaces().then(setRecent, () => setRecent([]));
  }, []);
  return (
    <section className={classes.side} aria-labelledby="workspaces">
      <h2 id="workspaces" className={classes.heading}>
        Workspaces
      </h2>
      {info !== undefined && (
        <p className={classes.open}>
          <span className={classes.openName}>{info.name}</span> is open
          {info.days !== null && `, ${format.period(info.days)}`}.
          <span className={classes.path}>{info.path}</span>
        </p>
      )}
      <ul className={classes.recent}>
        {(recent ?? []).map((workspace) => (
          <li key={workspace.token}>
            <button
              type="button"
              className={classes.recentRow}
              onClick={() => tell(window.assay.openWorkspace({ kind: 'recent', token: workspace.token }))}
            >
              <IconDatabase size={16} stroke={1.5} aria-hidden />
              <span className={classes.recentText}>
                <span>{workspace.name}</span>
                <span className={classes.path}>{workspace.folder}</span>
              </span>
              <span className={classes.opened}>{format.day(workspace.openedAt)}</span>
            </button>
          </li>
        ))}
      </ul>
      {recent !== null && recent.length === 0 && (
        <p className={classes.none}>No other workspace was opened on this machine yet.</p>
      )}
      {window.assay.host === 'desktop' && (
        <Group gap="sm">
          <Button
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => tell(window.assay.openWorkspace({ kind: 'new' }))}
          >
            New workspace
          </Button>
          <Button variant="default" onClick={() => tell(window.assay.openWorkspace({ kind: 'pick' }))}>
            Open another
          </Button>
        </Group>
      )}
    </section>
  );
}
