// The metrics that stand beside a bill: one name for each, whatever the file they come from calls it.

/** Metrics that the workbench computes with; a CSV may bring any other, which is listed by its own name. */
export const METRICS = [
  'requests',
  'throttledRequests',
  'failedRequests',
  'inputTokens',
  'outputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
] as const;
export type Metric = (typeof METRICS)[number];

type Spelling = { readonly metric: Metric; readonly spellings: readonly string[]; readonly reason: string };

const SPELLINGS: readonly Spelling[] = [
  {
    metric: 'requests',
    spellings: ['requests', 'request', 'invocations', 'calls', 'requestcount'],
    reason: 'CloudWatch counts successful calls as Invocations; a throttled call is not among them',
  },
  {
    metric: 'throttledRequests',
    spellings: ['throttledrequests', 'throttles', 'invocationthrottles'],
    reason: 'refused before any token was read: not billed',
  },
  {
    metric: 'failedRequests',
    spellings: ['failedrequests', 'invocationclienterrors', 'invocationservererrors'],
    reason: 'ended in an error of the caller or of the service',
  },
  { metric: 'inputTokens', spellings: ['inputtokens', 'inputtokencount'], reason: 'uncached input' },
  { metric: 'outputTokens', spellings: ['outputtokens', 'outputtokencount'], reason: 'generated tokens' },
  {
    metric: 'cacheReadTokens',
    spellings: ['cachereadtokens', 'cachereadinputtokens', 'cachereadinputtokencount'],
    reason: 'input taken from the cache',
  },
  {
    metric: 'cacheWriteTokens',
    spellings: ['cachewritetokens', 'cachewriteinputtokens', 'cachewriteinputtokencount'],
    reason: 'input written to the cache',
  },
];

const BY_SPELLING: ReadonlyMap<string, Metric> = new Map(
  SPELLINGS.flatMap(({ metric, spellings }) => spellings.map((spelling) => [spelling, metric] as const)),
);

/** The metric that a name means; null where it is none the workbench computes with. */
export function metricOf(name: string): Metric | null {
  return BY_SPELLING.get(name.toLowerCase().replaceAll(/[^a-z]+/gu, '')) ?? null;
}
