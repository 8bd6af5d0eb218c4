// Typed questions to the engine from components: answers are cached by method and input until held data changes.
import {
  type InfiniteData,
  InfiniteQueryObserver,
  type InfiniteQueryObserverOptions,
  type InfiniteQueryObserverResult,
  keepPreviousData,
  QueryClient,
  type QueryKey,
  QueryObserver,
  type QueryObserverResult,
} from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type { AssayError } from '../shared/contract/errors.ts';
import type { EngineEvent } from '../shared/contract/events.ts';
import type { Input, Method, Output } from '../shared/contract/methods.ts';
import { call } from './bridge.ts';
import { useFollowed } from './follow-answer.ts';

/** Methods whose answer does not depend on held data: they survive an import. */
const STEADY: readonly Method[] = ['scenario.list'];

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The engine is on this machine: never "offline", never retried blindly, stale only when told so.
        networkMode: 'always',
        retry: false,
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 300_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;
/** What a method takes; a question is only read, so it may be read-only. */
export type Asked<M extends Method> = DeepReadonly<Input<M>>;

export function engineKey<M extends Method>(method: M, input: Asked<M>): QueryKey {
  return [method, input];
}

export type EngineAnswer<M extends Method> = QueryObserverResult<Output<M>, AssayError>;

type Options = {
  /** False = not asked yet. */
  readonly enabled?: boolean;
  /** Keep showing the answer before while a changed question is answered (`isPlaceholderData` says so). */
  readonly keepPrevious?: boolean;
};

/** Asks the engine; the same question from two places is asked once. */
export function useEngine<M extends Method>(
  method: M,
  input: Asked<M>,
  { enabled = true, keepPrevious = true }: Options = {},
): EngineAnswer<M> {
  return useFollowed(
    (client) => ({
      ...client.defaultQueryOptions<Output<M>, AssayError>({
        queryKey: engineKey(method, input),
        queryFn: () => call(method, input as Input<M>),
        enabled,
        ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
      }),
      _optimisticResults: 'optimistic' as const,
    }),
    (client, options) => new QueryObserver<Output<M>, AssayError>(client, options),
  );
}

/** Methods that answer a page at a time, with the number of all rows in every page. */
type PagedMethod = 'spend.query' | 'spend.lineItems' | 'catalog.search';
type Pages<M extends PagedMethod> = InfiniteData<Output<M>, number>;
type PagesOptions<M extends PagedMethod> = InfiniteQueryObserverOptions<
  Output<M>,
  AssayError,
  Pages<M>,
  QueryKey,
  number
>;
export type EnginePages<M extends PagedMethod> = InfiniteQueryObserverResult<Pages<M>, AssayError>;

/** Asks for `limit` rows, and for the next ones with `fetchNextPage`. `input` names no page. */
export function useEnginePages<M extends PagedMethod>(
  method: M,
  input: Asked<M>,
  { limit, enabled = true }: { readonly limit: number; readonly enabled?: boolean },
): EnginePages<M> {
  // The method comes first, so that these answers are forgotten with all others when held data changes.
  const queryKey: QueryKey = [method, input, 'pages'];
  const asked: PagesOptions<M> = {
    queryKey,
    queryFn: ({ pageParam }) => call(method, { ...(input as Input<M>), limit, offset: pageParam }),
    initialPageParam: 0,
    getNextPageParam: ({ rowCount }, pages) => {
      const loaded = pages.reduce((sum, { rows }) => sum + rows.length, 0);
      return loaded < rowCount ? loaded : null;
    },
    placeholderData: keepPreviousData,
    enabled,
  };
  return useFollowed<PagesOptions<M>, EnginePages<M>>(
    (client) => ({
      // Their type is that of a question without pages.
      ...(client.defaultQueryOptions({ queryKey }) as object),
      ...asked,
      _optimisticResults: 'optimistic',
    }),
    (client, options) => new InfiniteQueryObserver(client, options),
  );
}

/** Forgets answers when held data changed or another engine took over. Returns the function that stops listening. */
export function forgetOnChange(client: QueryClient): () => void {
  return window.assay.onEvent((event) => {
    if (event.type === 'data.changed') {
      void client.invalidateQueries({
        predicate: ({ queryKey }) => !STEADY.includes(queryKey[0] as Method),
      });
    } else if (event.type === 'engine.state' && event.state === 'running') {
      void client.invalidateQueries();
    }
  });
}

/** Listens to one kind of event for as long as the component stands. */
export function useEngineEvent<T extends EngineEvent['type']>(
  type: T,
  listener: (event: Extract<EngineEvent, { type: T }>) => void,
): void {
  const heard = useEffectEvent((event: EngineEvent) => {
    if (event.type === type) listener(event as Extract<EngineEvent, { type: T }>);
  });
  useEffect(() => window.assay.onEvent((event) => heard(event)), []);
}
