// The lines of other services of a day, covered ones with what covers them.
import type { SampleAccount } from './company.ts';
import { DAY, PLAIN_LINE, round, type SampleLine } from './line.ts';
import {
  EDP_DISCOUNT,
  OTHER_ACCOUNTS,
  OTHER_SERVICES,
  type OtherService,
  RESERVED_RATE,
  SAVINGS_PLAN_RATE,
} from './services.ts';

const TOTAL_WEIGHT = OTHER_SERVICES.reduce((sum, service) => sum + service.weight, 0);

function pick(random: () => number): OtherService {
  let left = random() * TOTAL_WEIGHT;
  for (const service of OTHER_SERVICES) {
    left -= service.weight;
    if (left <= 0) return service;
  }
  return OTHER_SERVICES[0] as OtherService;
}

/** `count` lines of one day. */
export function* otherLines(
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
    ...PLAIN_LINE,
    id: ids.next().value as string,
    start: dayStart,
    end: dayStart + DAY,
    chargeType: service.chargeType,
    account,
    productCode: service.productCode,
    productName: service.productName,
    usageType: service.usageType,
    operation: service.operation,
    resource: service.resource?.(account.id, item) ?? null,
    region: service.usageType.startsWith('USW2') ? 'us-west-2' : 'us-east-1',
    quantity,
    unit: service.unit,
    rate: service.rate,
    unblended,
    net: covered ? unblended : round(unblended * (1 - EDP_DISCOUNT)),
    list: cost,
    effective: covered ? effectiveCost(cost, reserved) : null,
    description: `$${service.rate} per ${service.unit}, ${service.usageType}`,
    tags: item % 3 === 0 ? { Team: 'Platform', Environment: 'production' } : {},
  };
}

const effectiveCost = (cost: number, reserved: boolean): SampleLine['effective'] => ({
  kind: reserved ? 'reservation' : 'savingsPlan',
  cost: round(cost * (reserved ? RESERVED_RATE : SAVINGS_PLAN_RATE)),
});

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
