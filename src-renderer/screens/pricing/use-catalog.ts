// Prices of the catalog that match the search: all of them, so that the grid can sort; a catalog has a few thousand.
import { useEffect, useMemo } from 'react';
import type { Input } from '../../../shared/contract/methods.ts';
import { useEnginePages } from '../../engine.ts';

const PRICE_PAGE = 2000;
type Search = Input<'catalog.search'>;

export function useCatalog(search: Search) {
  const asked = useEnginePages('catalog.search', search, { limit: PRICE_PAGE });
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
