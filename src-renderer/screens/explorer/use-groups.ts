// The rows of the grid, page after page as the reader scrolls, with the totals over all of them.
import { useMemo } from 'react';
import type { AssayError } from '../../../shared/contract/errors.ts';
import { useEnginePages } from '../../engine.ts';
import { type GridRow, gridRows, type SpendAnswer, vanishedRows } from './answer.ts';
import { GRID_PAGE, type SpendQuery } from './question.ts';

export type Groups = {
  readonly first: SpendAnswer | null;
  readonly rows: readonly GridRow[];
  readonly error: AssayError | null;
  /** True while the rows belong to the question before. */
  readonly stale: boolean;
  readonly more: () => void;
  readonly retry: () => void;
};

/** `query` is the question without an offset. */
export function useGroups(query: SpendQuery, enabled: boolean): Groups {
  const asked = useEnginePages('spend.query', query, { limit: GRID_PAGE, enabled });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = asked;
  const rows = useMemo(() => {
    const pages = data?.pages ?? [];
    const held = pages.flatMap(gridRows);
    const [first] = pages;
    if (first === undefined || hasNextPage) return held;
    return [...held, ...vanishedRows(first, new Set(held.map(({ key }) => key)))];
  }, [data, hasNextPage]);
  return {
    first: data?.pages[0] ?? null,
    rows,
    error: asked.error,
    stale: asked.isPlaceholderData,
    more: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
    retry: () => void asked.refetch(),
  };
}
