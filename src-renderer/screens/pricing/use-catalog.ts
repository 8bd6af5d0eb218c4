// Prices of the catalog that match the search: all of them, so that the grid can sort; a catalog has a few thousand.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { AssayError } from '../../../shared/contract/errors.ts';
import type { Input, Output } from '../../../shared/contract/methods.ts';
import { call } from '../../bridge.ts';

const PRICE_PAGE = 2000;
type Search = Input<'catalog.search'>;

export function useCatalog(search: Search) {
  const asked = useInfiniteQuery<Output<'catalog.search'>, AssayError>({
    queryKey: ['catalog.search', search, 'pages'],
    queryFn: ({ pageParam }) =>
      call('catalog.search', { ...search, limit: PRICE_PAGE, offset: Number(pageParam) }),
    initialPageParam: 0,
    getNextPageParam: ({ rowCount }, pages) => {
      const loaded = pages.reduce((sum, { rows }) => sum + rows.length, 0);
      return loaded < rowCount ? loaded : null;
    },
    placeholderData: keepPreviousData,
  });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = asked;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  return {
    rows,
    rowCount: data?.pages[0]?.rowCount ?? null,
    error: asked.error,
    retry: () => void asked.refetch(),
  };
}
