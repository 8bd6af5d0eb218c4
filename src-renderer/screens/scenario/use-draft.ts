// The draft being edited: its history, the saved scenario it belongs to, and its survival of a reload or a visit elsewhere.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { z } from 'zod';
import { scenario as scenarioSchema } from '../../../shared/contract/scenario.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { type Edit, edited } from './draft.ts';
import { type History, record, redo, startHistory, undo } from './history.ts';
import { leaveToAnswer } from './movement.ts';

type State = {
  readonly history: History<Scenario>;
  /** The saved scenario this draft stands for; null = never saved. */
  readonly savedId: number | null;
  /** As it was saved or opened, to tell whether something would be lost. */
  readonly saved: Scenario | null;
};

type Action =
  | { readonly type: 'edit'; readonly edit: Edit; readonly touched: string | null }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  | { readonly type: 'open'; readonly scenario: Scenario; readonly savedId: number | null }
  | { readonly type: 'forgotten' }
  | { readonly type: 'saved'; readonly scenario: Scenario; readonly savedId: number };

function reduced(state: State, action: Action): State {
  const { history } = state;
  switch (action.type) {
    case 'edit':
      return { ...state, history: record(history, edited(history.present, action.edit), action.touched) };
    case 'undo':
      return { ...state, history: undo(history) };
    case 'redo':
      return { ...state, history: redo(history) };
    case 'open':
      return {
        history: startHistory(action.scenario),
        savedId: action.savedId,
        saved: action.savedId === null ? null : action.scenario,
      };
    case 'forgotten':
      return { ...state, savedId: null, saved: null };
    case 'saved':
      return { ...state, savedId: action.savedId, saved: action.scenario };
  }
}

/** Kept by the page for as long as its window lives; the workspace holds what was saved. */
const KEPT_AS = 'assay.scenario-draft';
const kept = z.object({
  workspace: z.string(),
  savedId: z.number().nullable(),
  saved: scenarioSchema.nullable(),
  scenario: scenarioSchema,
});

function restored(workspace: string, fresh: Scenario): State {
  const held = heldDraft(workspace);
  if (held === null) return { history: startHistory(fresh), savedId: null, saved: null };
  const { scenario, savedId, saved } = held;
  return { history: startHistory(scenario), savedId, saved };
}

function heldDraft(workspace: string): z.infer<typeof kept> | null {
  const parsed = kept.safeParse(parsedJson(window.sessionStorage.getItem(KEPT_AS)));
  return parsed.success && parsed.data.workspace === workspace ? parsed.data : null;
}

/** The draft of the scenario screen where it is not simply what was saved; null where there is none. */
export function keptDraft(workspace: string): z.infer<typeof scenarioSchema> | null {
  const held = heldDraft(workspace);
  if (held === null || (held.saved === null && held.scenario.levers.length === 0)) return null;
  return JSON.stringify(held.scenario) === JSON.stringify(held.saved) ? null : held.scenario;
}

function parsedJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

/** Whether an answer is to be expected. */
type Follower = (scenario: Scenario) => boolean;

export type Draft = ReturnType<typeof useDraft>;

/** `fresh` is what an empty screen starts with. */
export function useDraft(workspace: string, fresh: Scenario) {
  const [state, setState] = useState(() => restored(workspace, fresh));
  const newest = useRef(state);
  const followers = useRef(new Set<Follower>());
  const dispatch = useCallback((action: Action): void => {
    newest.current = reduced(newest.current, action);
    const told = [...followers.current].map((tell) => tell(newest.current.history.present));
    const draw = (): void => setState(newest.current);
    if (!leaveToAnswer(told.includes(true), draw)) draw();
  }, []);
  const follow = useCallback((follower: Follower): (() => void) => {
    followers.current.add(follower);
    return () => void followers.current.delete(follower);
  }, []);
  const { history, savedId, saved } = state;
  const scenario = history.present;
  useEffect(() => {
    window.sessionStorage.setItem(KEPT_AS, JSON.stringify({ workspace, savedId, saved, scenario }));
  }, [workspace, savedId, saved, scenario]);
  const edit = useCallback(
    (change: Edit, touched: string | null) => dispatch({ type: 'edit', edit: change, touched }),
    [dispatch],
  );
  return useMemo(
    () => ({
      scenario,
      savedId,
      /** Whether something would be lost by opening another one. */
      changed: saved === null ? history.past.length > 0 : JSON.stringify(saved) !== JSON.stringify(scenario),
      canUndo: history.past.length > 0,
      canRedo: history.future.length > 0,
      edit,
      dispatch,
      /** Tells every change of the scenario as it is made, before it is drawn. Answers with the way to stop. */
      follow,
    }),
    [scenario, savedId, saved, history, edit, dispatch, follow],
  );
}
