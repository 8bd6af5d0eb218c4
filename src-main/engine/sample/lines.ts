// Turns the imagined company into billing lines, day by day, from a seed. The same seed gives the same bill, byte for byte.
import {
  EDP_DISCOUNT,
  OTHER_ACCOUNTS,
  OTHER_SERVICES,
  type OtherService,
  RESERVED_RATE,
  SAVINGS_PLAN_RATE,
} from './services.ts';
import { ACCOUNTS, type SampleAccount, type SampleUsage, WORKLOADS, type Workload } from './workloads.ts';

/** One billing line before it is written in a format. Money in USD; times in milliseconds since 1970. */
export type SampleLine = {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly billingEntity: 'AWS' | 'AWS Marketplace';
  readonly billType: 'Anniversary' | 'Purchase' | 'Refund';
  readonly chargeType: string;
  readonly account: SampleAccount;
  readonly productCode: string;
  readonly productName: string;
  readonly usageType: string;
  readonly operation: string;
  readonly resource: string | null;
  readonly principal: string | null;
  readonly region: string;
  readonly quantity: number;
  readonly unit: string;
  readonly rate: number | null;
  readonly unblended: number;
  /** After negotiated discounts; null where the export leaves it blank. */
  readonly net: number | null;
  /** Public on-demand cost; null on Marketplace lines, where the export says 0. */
  readonly list: number | null;
  readonly effective: { readonly kind: 'savingsPlan' | 'reservation'; readonly cost: number } | null;
  readonly description: string;
  readonly taxType: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly businessUnit: string | null;
  /** What the line truly is; null when it is not a Bedrock usage line. */
  readonly meaning: SampleUsage['meaning'] | null;
  readonly multiplier: number;
  readonly isBedrock: boolean;
};

const DAY = 86_400_000;
const HOUR = 3_600_000;
const PRODUCT_CODES = {
  native: 'AmazonBedrock',
  service: 'AmazonBedrockService',
  agentcore: 'AmazonBedrockAgentCore',
} as const;

/** A small seeded generator (mulberry32): numbers in 0…1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const round = (value: number): number => Math.round(value * 1e10) / 1e10;

type Stream = { readonly workload: Workload; readonly usage: SampleUsage };
const STREAMS: readonly Stream[] = WORKLOADS.flatMap((workload) =>
  workload.usage.map((usage) => ({ workload, usage })),
);

/** Opaque Marketplace product code of a product name, as AWS gives one to each listing. */
function marketplaceCode(productName: string): string {
  let hash = 2166136261;
  for (const letter of productName) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619) >>> 0;
  return `${hash.toString(36)}${(hash ^ 0x5bd1e995).toString(36).replace('-', '')}bedrockmp`.slice(0, 25);
}

export type SampleShape = {
  readonly months: readonly string[];
  readonly rows: number;
  readonly seed: number;
};

/** All lines of one month, in file order. `rowsInMonth` bounds usage lines; taxes, fees and credits come on top. */
export function* linesOfMonth(shape: SampleShape, month: string, rowsInMonth: number): Generator<SampleLine> {
  const random = seeded(shape.seed * 7919 + Number(month.replace('-', '')));
  const start = Date.parse(`${month}-01T00:00:00Z`);
  const monthIndex = shape.months.indexOf(month);
  const end = nextMonth(start);
  const days = Math.round((end - start) / DAY);
  const ids = lineIds(random);
  const perDay = Math.max(2, Math.round(rowsInMonth / days));
  const bedrockPerDay = bedrockLinesOf(perDay);
  const othersPerDay = perDay - bedrockPerDay;
  for (let day = 0; day < days; day++) {
    const dayStart = start + day * DAY;
    yield* bedrockLines(random, ids, dayStart, day, monthIndex + day / days, bedrockPerDay);
    yield* otherLines(random, ids, dayStart, othersPerDay);
  }
  yield* monthlyLines(ids, start, end, monthIndex);
}

/**
 * 8 % of a day's lines are Bedrock's, as on a large bill. A small sample gives each application its line a day
 * first, up to half of the lines, so that its series have no holes.
 */
function bedrockLinesOf(perDay: number): number {
  const complete = Math.min(STREAMS.length, Math.floor(perDay / 2));
  return Math.max(1, complete, Math.round(perDay * 0.08));
}

export function nextMonth(start: number): number {
  const date = new Date(start);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

function* lineIds(random: () => number): Generator<string> {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567';
  for (;;) yield Array.from({ length: 52 }, () => letters[Math.floor(random() * 32)]).join('');
}

function* bedrockLines(
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
    id: ids.next().value as string,
    start,
    end: start + span,
    billingEntity: marketplace ? 'AWS Marketplace' : 'AWS',
    billType: 'Anniversary',
    chargeType: 'Usage',
    account: workload.account,
    productCode:
      usage.billing === 'marketplace' ? marketplaceCode(usage.productName) : PRODUCT_CODES[usage.billing],
    productName: usage.productName,
    usageType: usage.usageType,
    operation: workload.operation,
    resource: workload.resource,
    principal:
      workload.principal === null ? null : `${workload.principal}${session === 0 ? '' : `-${session}`}`,
    region: workload.region,
    quantity,
    unit: usage.unit,
    rate: usage.rate,
    unblended,
    net: marketplace ? unblended : round(unblended * (1 - EDP_DISCOUNT)),
    list: marketplace ? null : unblended,
    effective: null,
    description: usage.description,
    taxType: null,
    tags:
      workload.resource === null
        ? {}
        : { Team: workload.team, Application: workload.application, Environment: workload.environment },
    businessUnit: workload.environment === 'production' ? 'Product' : 'R&D, internal',
    meaning: usage.meaning,
    multiplier: usage.multiplier,
    isBedrock: true,
  };
}

const TOTAL_WEIGHT = OTHER_SERVICES.reduce((sum, service) => sum + service.weight, 0);

function pick(random: () => number): OtherService {
  let left = random() * TOTAL_WEIGHT;
  for (const service of OTHER_SERVICES) {
    left -= service.weight;
    if (left <= 0) return service;
  }
  return OTHER_SERVICES[0] as OtherService;
}

function* otherLines(
  random: () => number,
  ids: Generator<string>,
  dayStart: number,
  count: number,
): Generator<SampleLine> {
  for (let index = 0; index < count; index++) {
    const service = pick(random);
    const account = OTHER_ACCOUNTS[Math.floor(random() * OTHER_ACCOUNTS.length)] as SampleAccount;
    const quantity = round(service.quantity * (0.5 + random()));
    yield* withCoverage(
      serviceLine(service, account, ids, dayStart, quantity, Math.floor(random() * 400)),
      ids,
    );
  }
}

function serviceLine(
  service: OtherService,
  account: SampleAccount,
  ids: Generator<string>,
  dayStart: number,
  quantity: number,
  item: number,
): SampleLine {
  const cost = round(quantity * service.rate);
  const covered = service.chargeType !== 'Usage';
  const reserved = service.chargeType === 'DiscountedUsage';
  const unblended = reserved ? 0 : cost;
  return {
    id: ids.next().value as string,
    start: dayStart,
    end: dayStart + DAY,
    billingEntity: 'AWS',
    billType: 'Anniversary',
    chargeType: service.chargeType,
    account,
    productCode: service.productCode,
    productName: service.productName,
    usageType: service.usageType,
    operation: service.operation,
    resource: service.resource?.(account.id, item) ?? null,
    principal: null,
    region: service.usageType.startsWith('USW2') ? 'us-west-2' : 'us-east-1',
    quantity,
    unit: service.unit,
    rate: service.rate,
    unblended,
    net: covered ? unblended : round(unblended * (1 - EDP_DISCOUNT)),
    list: cost,
    effective: covered
      ? {
          kind: reserved ? 'reservation' : 'savingsPlan',
          cost: round(cost * (reserved ? RESERVED_RATE : SAVINGS_PLAN_RATE)),
        }
      : null,
    description: `$${service.rate} per ${service.unit}, ${service.usageType}`,
    taxType: null,
    tags: item % 3 === 0 ? { Team: 'Platform', Environment: 'production' } : {},
    businessUnit: null,
    meaning: null,
    multiplier: 1,
    isBedrock: false,
  };
}

/** Usage covered by a Savings Plan is followed by the line that takes its on-demand cost off again. */
function* withCoverage(line: SampleLine, ids: Generator<string>): Generator<SampleLine> {
  yield line;
  if (line.chargeType !== 'SavingsPlanCoveredUsage') return;
  yield {
    ...line,
    id: ids.next().value as string,
    chargeType: 'SavingsPlanNegation',
    unblended: -line.unblended,
    net: -line.unblended,
    list: 0,
    effective: null,
    description: `SavingsPlanNegation used by ${line.account.id}`,
  };
}

type Monthly = {
  readonly chargeType: string;
  readonly productCode: string;
  readonly productName: string;
  readonly amount: number;
  readonly description: string;
  readonly account: SampleAccount;
  readonly entity?: SampleLine['billingEntity'];
  readonly billType?: SampleLine['billType'];
  readonly isBedrock?: boolean;
  readonly taxType?: string;
};

/** Fees, taxes, a refund and a credit: one each a month, except the credit, which AWS gave once. */
function monthly(monthIndex: number): Monthly[] {
  const tax = { chargeType: 'Tax', account: ACCOUNTS.prod, taxType: 'Sales Tax' };
  const sonnet = 'Claude Sonnet 4.5 (Amazon Bedrock Edition)';
  return [
    {
      ...tax,
      productCode: 'AmazonEC2',
      productName: 'Amazon Elastic Compute Cloud',
      amount: 84.31,
      description: 'Tax for product code AmazonEC2',
    },
    {
      ...tax,
      productCode: 'AmazonBedrock',
      productName: 'Amazon Bedrock',
      amount: 41.07,
      description: 'Tax for product code AmazonBedrock',
      isBedrock: true,
    },
    {
      ...tax,
      productCode: marketplaceCode(sonnet),
      productName: sonnet,
      amount: 112.4,
      description: `Tax for product ${sonnet}`,
      entity: 'AWS Marketplace',
      isBedrock: true,
    },
    {
      chargeType: 'SavingsPlanRecurringFee',
      productCode: 'ComputeSavingsPlans',
      productName: 'Savings Plans for AWS Compute usage',
      amount: 720,
      description: '1 year No Upfront Compute Savings Plan',
      account: ACCOUNTS.shared,
    },
    {
      chargeType: 'RIFee',
      productCode: 'AmazonEC2',
      productName: 'Amazon Elastic Compute Cloud',
      amount: 233.6,
      description: 'USD 0.0806 hourly fee per r6i.large instance',
      account: ACCOUNTS.shared,
    },
    {
      chargeType: 'Fee',
      productCode: 'AWSSupportEnterprise',
      productName: 'AWS Support (Enterprise)',
      amount: 2400,
      description: 'Monthly AWS Support (Enterprise) fee',
      account: ACCOUNTS.shared,
    },
    {
      chargeType: 'Refund',
      productCode: 'AmazonS3',
      productName: 'Amazon Simple Storage Service',
      amount: -12.5,
      description: 'Service credit for S3 availability',
      account: ACCOUNTS.data,
      billType: 'Refund',
    },
    ...(monthIndex === 0
      ? [
          {
            chargeType: 'Credit',
            productCode: 'AmazonBedrock',
            productName: 'Amazon Bedrock',
            amount: -250,
            description: 'AWS proof-of-concept credit',
            account: ACCOUNTS.research,
            isBedrock: true,
          },
        ]
      : []),
  ];
}

function* monthlyLines(
  ids: Generator<string>,
  start: number,
  end: number,
  monthIndex: number,
): Generator<SampleLine> {
  for (const row of monthly(monthIndex)) {
    yield {
      id: ids.next().value as string,
      start,
      end,
      billingEntity: row.entity ?? 'AWS',
      billType: row.billType ?? 'Anniversary',
      chargeType: row.chargeType,
      account: row.account,
      productCode: row.productCode,
      productName: row.productName,
      usageType: '',
      operation: '',
      resource: null,
      principal: null,
      region: '',
      quantity: 1,
      unit: '',
      rate: null,
      unblended: row.amount,
      net: row.amount,
      list: null,
      effective: null,
      description: row.description,
      taxType: row.taxType ?? null,
      tags: {},
      businessUnit: null,
      meaning: null,
      multiplier: 1,
      isBedrock: row.isBedrock ?? false,
    };
  }
}
