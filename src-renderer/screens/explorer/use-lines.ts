// The line items behind a question, page after page as the reader scrolls.
import { useMemo } from 'react';
import type { Input, Output } from '../../../shared/contract/methods.ts';
import { useEnginePages } from '../../engine.ts';

export type LineItem = Output<'spend.lineItems'>['rows'][number];
export type LinesQuery = Input<'spend.lineItems'>;
const LINES_PAGE = 500;

export function useLines(query: LinesQuery, enabled: boolean) {
  const asked = useEnginePages('spend.lineItems', query, { limit: LINES_PAGE, enabled });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = asked;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  return {
    rows,
    rowCount: data?.pages[0]?.rowCount ?? null,
    error: asked.error,
    more: (): void => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
    retry: () => void asked.refetch(),
  };
}
