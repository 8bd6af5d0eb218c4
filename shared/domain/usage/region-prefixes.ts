// Which region a usage type's billing prefix stands for. The prefixes do not follow from the region codes.

/** Billing prefix → region code. `EU` is eu-west-1: the prefix is older than the second European region. */
export const REGION_PREFIXES = {
  USE1: 'us-east-1',
  USE2: 'us-east-2',
  USW1: 'us-west-1',
  USW2: 'us-west-2',
  CAN1: 'ca-central-1',
  CAN2: 'ca-west-1',
  MXC1: 'mx-central-1',
  SAE1: 'sa-east-1',
  EU: 'eu-west-1',
  EUW1: 'eu-west-1',
  EUW2: 'eu-west-2',
  EUW3: 'eu-west-3',
  EUC1: 'eu-central-1',
  EUC2: 'eu-central-2',
  EUN1: 'eu-north-1',
  EUS1: 'eu-south-1',
  EUS2: 'eu-south-2',
  AFS1: 'af-south-1',
  ILC1: 'il-central-1',
  MEC1: 'me-central-1',
  MES1: 'me-south-1',
  APE1: 'ap-east-1',
  APE2: 'ap-east-2',
  APN1: 'ap-northeast-1',
  APN2: 'ap-northeast-2',
  APN3: 'ap-northeast-3',
  APS1: 'ap-southeast-1',
  APS2: 'ap-southeast-2',
  APS3: 'ap-south-1',
  APS4: 'ap-southeast-3',
  APS5: 'ap-south-2',
  APS6: 'ap-southeast-4',
  APS7: 'ap-southeast-5',
  APS8: 'ap-southeast-6',
  APS9: 'ap-southeast-7',
  UGW1: 'us-gov-west-1',
  UGE1: 'us-gov-east-1',
  CNN1: 'cn-north-1',
  CNW1: 'cn-northwest-1',
} as const satisfies Record<string, string>;

export type UsageTypeParts = {
  /** Region code of a prefix we know; null without a prefix or with one we do not know. */
  readonly region: string | null;
  /** True for the Marketplace form `USE1-MP:USE1_…-Units`. */
  readonly marketplace: boolean;
  /** The metered part: no prefix, no Marketplace head, no closing `-Units`, camel case taken apart by `_`. */
  readonly body: string;
};

const NATIVE = /^(?<prefix>[A-Z]{2,3}\d?)-(?<body>.+)$/u;
const MARKETPLACE = /^(?:(?<prefix>[A-Z]{2,3}\d?)-MP:)?(?:(?<inner>[A-Z]{2,3}\d?)_)(?<body>.+?)(?:-Units)?$/u;
/** A prefix of a region opened after this table was written still has to be set apart from the meter. */
const LOOKS_LIKE_PREFIX = /^[A-Z]{3}\d$/u;

function regionOf(prefix: string): string | null {
  return Object.hasOwn(REGION_PREFIXES, prefix)
    ? REGION_PREFIXES[prefix as keyof typeof REGION_PREFIXES]
    : null;
}

const isPrefix = (text: string): boolean => regionOf(text) !== null || LOOKS_LIKE_PREFIX.test(text);

/** Takes a usage type apart. Strings of neither form come back whole, without a region. */
export function splitUsageType(usageType: string): UsageTypeParts {
  const marketplace = MARKETPLACE.exec(usageType)?.groups;
  const outer = marketplace?.prefix ?? marketplace?.inner;
  if (marketplace?.body !== undefined && outer !== undefined && isPrefix(outer)) {
    const body = marketplace.body.replace(/([a-z])([A-Z])/gu, '$1_$2');
    return { region: regionOf(outer), marketplace: true, body };
  }
  const native = NATIVE.exec(usageType)?.groups;
  if (native?.prefix !== undefined && native.body !== undefined && isPrefix(native.prefix)) {
    return { region: regionOf(native.prefix), marketplace: false, body: native.body };
  }
  return { region: null, marketplace: false, body: usageType };
}
