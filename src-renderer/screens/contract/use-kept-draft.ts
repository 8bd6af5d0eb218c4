// The rates under edit, kept by the window while somebody looks at another screen; saving or discarding forgets them.
import { useCallback, useMemo, useState } from 'react';
import { z } from 'zod';
import { rateCardRow } from '../../../shared/contract/overrides.ts';
import type { Draft } from './draft.ts';

const KEPT_AS = 'assay.contract-draft';
const kept = z.object({
  workspace: z.string(),
  draft: z.object({
    rows: z.array(z.object({ key: z.string(), cells: rateCardRow })),
    next: z.number(),
    what: z.string(),
  }),
});

/** The text of a draft for the workspace it belongs to; of none, null. */
export function keptText(workspace: string, draft: Draft | null): string | null {
  return draft === null ? null : JSON.stringify({ workspace, draft });
}

/** The draft a text holds for this workspace; null where it is another one's, or cannot be read. */
export function keptDraftOf(text: string | null, workspace: string): Draft | null {
  const parsed = kept.safeParse(parsedJson(text));
  return parsed.success && parsed.data.workspace === workspace ? parsed.data.draft : null;
}

function parsedJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

/** `workspace` is null while it is not known yet: until then nothing is under edit. */
export function useKeptDraft(
  workspace: string | null,
): readonly [Draft | null, (draft: Draft | null) => void] {
  const [edited, setEdited] = useState<{ readonly of: string | null; readonly draft: Draft | null } | null>(
    null,
  );
  const restored = useMemo(
    () => (workspace === null ? null : keptDraftOf(window.sessionStorage.getItem(KEPT_AS), workspace)),
    [workspace],
  );
  const change = useCallback(
    (draft: Draft | null): void => {
      setEdited({ of: workspace, draft });
      const text = workspace === null ? null : keptText(workspace, draft);
      if (text === null) window.sessionStorage.removeItem(KEPT_AS);
      else window.sessionStorage.setItem(KEPT_AS, text);
    },
    [workspace],
  );
  return [edited === null || edited.of !== workspace ? restored : edited.draft, change];
}
