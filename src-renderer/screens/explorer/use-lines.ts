// The line items behind a question, page after page as the reader scrolls.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AssayError } from '../../../shared/contract/errors.ts';
import type { Input, Output } from '../../../shared/contract/methods.ts';
import { call } from '../../bridge.ts';

export type LineItem = Output<'spend.lineItems'>['rows'][number];
export type LinesQuery = Input<'spend.lineItems'>;
const LINES_PAGE = 500;

export function useLines(query: LinesQuery, enabled: boolean) {
  const asked = useInfiniteQuery<Output<'spend.lineItems'>, AssayError>({
    queryKey: ['spend.lineItems', query, 'pages'],
    queryFn: ({ pageParam }) =>
      call('spend.lineItems', { ...query, limit: LINES_PAGE, offset: Number(pageParam) }),
    initialPageParam: 0,
    getNextPageParam: ({ rowCount }, pages) => {
      const loaded = pages.reduce((sum, { rows }) => sum + rows.length, 0);
      return loaded < rowCount ? loaded : null;
    },
    placeholderData: keepPreviousData,
    enabled,
  });
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
