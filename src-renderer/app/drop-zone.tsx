// The whole window takes files: shows where they would go while something is dragged over it.
import { IconFileImport } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import classes from './drop-zone.module.css';
import { useImportActivity } from './import-activity.tsx';
import { useNotice } from './notice.tsx';

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true;
}

export function DropZone() {
  const [over, setOver] = useState(false);
  const { importFiles } = useImportActivity();
  const { say } = useNotice();
  const dropped = useEffectEvent(async (files: readonly File[]) => {
    try {
      importFiles(await window.assay.droppedFiles(files));
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), 'failed');
    }
  });
  useEffect(() => {
    const onOver = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      void dropped([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  if (!over) return null;
  return (
    <div className={classes.zone} aria-hidden>
      <div className={classes.card}>
        <IconFileImport size={28} stroke={1.5} />
        <p>Drop to import: CUR or FOCUS exports as CSV, gzip, zip or Parquet, or a folder of them</p>
      </div>
    </div>
  );
}
