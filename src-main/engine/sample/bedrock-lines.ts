// The Bedrock lines of a day: every application's usage, in slices of a day or of hours.
import type { SampleUsage, Workload } from './company.ts';
import { DAY, HOUR, PLAIN_LINE, round, type SampleLine } from './line.ts';
import { EDP_DISCOUNT } from './services.ts';
import { FEATURE_WORKLOADS } from './workloads-features.ts';
import { MODEL_WORKLOADS } from './workloads-models.ts';

const PRODUCT_CODES = {
  native: 'AmazonBedrock',
  service: 'AmazonBedrockService',
  agentcore: 'AmazonBedrockAgentCore',
} as const;

type Stream = { readonly workload: Workload; readonly usage: SampleUsage };
const STREAMS: readonly Stream[] = [...MODEL_WORKLOADS, ...FEATURE_WORKLOADS].flatMap((workload) =>
  workload.usage.map((usage) => ({ workload, usage })),
);

/** Opaque Marketplace product code of a product name, as AWS gives one to each listing. */
export function marketplaceCode(productName: string): string {
  let hash = 2166136261;
  for (const letter of productName) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619) >>> 0;
  return `${hash.toString(36)}${(hash ^ 0x5bd1e995).toString(36).replace('-', '')}bedrockmp`.slice(0, 25);
}

/**
 * 8 % of a day's lines are Bedrock's, as on a large bill. A small sample gives each application its line a day
 * first, up to half of the lines, so that its series have no holes.
 */
export function bedrockLinesOf(perDay: number): number {
  const complete = Math.min(STREAMS.length, Math.floor(perDay / 2));
  return Math.max(1, complete, Math.round(perDay * 0.08));
}

/** `budget` lines of one day; `age` in months lets volumes grow. */
export function* bedrockLines(
  random: () => number,
  ids: Generator<string>,
  dayStart: number,
  day: number,
  age: number,
  budget: number,
): Generator<SampleLine> {
  const perStream = budget / STREAMS.length;
  const slots = Math.max(1, Math.floor(perStream));
  const weekday = new Date(dayStart).getUTCDay();
  for (let index = 0; index < STREAMS.length; index++) {
    const stream = STREAMS[(index + day * Math.min(budget, STREAMS.length)) % STREAMS.length] as Stream;
    // A budget smaller than the streams thins them out day by day instead of dropping some for good.
    if (perStream < 1 && index >= Math.max(1, budget)) break;
    const { workload, usage } = stream;
    const weekend = weekday === 0 || weekday === 6 ? workload.weekendShare : 1;
    const volume = usage.perDay * (1 + workload.monthlyGrowth) ** age * weekend * (0.9 + 0.2 * random());
    const extra = index < budget - slots * STREAMS.length ? 1 : 0;
    const parts = slots + (perStream >= 1 ? extra : 0);
    for (let part = 0; part < parts; part++) {
      const hourly = parts > 1;
      const hour = part % 24;
      const share = (volume / parts) * (0.8 + 0.4 * random());
      const begin = hourly ? dayStart + hour * HOUR : dayStart;
      yield bedrockLine(stream, ids, begin, hourly ? HOUR : DAY, round(share), Math.floor(part / 24));
    }
  }
}

function bedrockLine(
  { workload, usage }: Stream,
  ids: Generator<string>,
  start: number,
  span: number,
  quantity: number,
  session: number,
): SampleLine {
  const marketplace = usage.billing === 'marketplace';
  const unblended = round(quantity * usage.rate);
  return {
    ...PLAIN_LINE,
    id: ids.next().value as string,
    start,
    end: start + span,
    billingEntity: marketplace ? 'AWS Marketplace' : 'AWS',
    account: workload.account,
    productCode: productCodeOf(usage),
    productName: usage.productName,
    usageType: usage.usageType,
    operation: workload.operation,
    resource: workload.resource,
    principal: principalOf(workload, session),
    region: workload.region,
    quantity,
    unit: usage.unit,
    rate: usage.rate,
    unblended,
    net: marketplace ? unblended : round(unblended * (1 - EDP_DISCOUNT)),
    list: marketplace ? null : unblended,
    description: usage.description,
    tags: tagsOf(workload),
    businessUnit: workload.environment === 'production' ? 'Product' : 'R&D, internal',
    meaning: usage.meaning,
    multiplier: usage.multiplier,
    isBedrock: true,
  };
}

const productCodeOf = ({ billing, productName }: SampleUsage): string =>
  billing === 'marketplace' ? marketplaceCode(productName) : PRODUCT_CODES[billing];

const principalOf = ({ principal }: Workload, session: number): string | null =>
  principal === null || session === 0 ? principal : `${principal}-${session}`;

/** Only what runs under an inference profile is tagged. */
const tagsOf = ({ resource, team, application, environment }: Workload): SampleLine['tags'] =>
  resource === null ? {} : { Team: team, Application: application, Environment: environment };
