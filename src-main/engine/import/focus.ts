// How FOCUS exports say what a CUR says: under which columns, and what its terms are in the importer's vocabulary.
import type { Field } from './columns.ts';
import { readMap } from './maps.ts';
import { productCodeOf } from './service-names.ts';
import type { TupleTexts } from './tuples.ts';

/** Header names per field, lower case, first match wins. FOCUS has one cost for "billed", already net of discounts. */
export const FOCUS_NAMES: Partial<Readonly<Record<Field, readonly string[]>>> = {
  payer: ['billingaccountid'],
  period: ['billingperiodstart'],
  invoice: ['invoiceid'],
  provider: ['providername', 'serviceprovidername'],
  publisher: ['publishername'],
  account: ['subaccountid'],
  accountName: ['subaccountname'],
  chargeType: ['chargecategory'],
  chargeClass: ['chargeclass'],
  chargeFrequency: ['chargefrequency'],
  commitmentCategory: ['commitmentdiscountcategory'],
  commitmentType: ['commitmentdiscounttype'],
  commitmentStatus: ['commitmentdiscountstatus'],
  usageStart: ['chargeperiodstart'],
  usageEnd: ['chargeperiodend'],
  productCode: ['x_servicecode'],
  productName: ['servicename'],
  usageType: ['x_usagetype'],
  skuMeter: ['skumeter'],
  skuDetails: ['skupricedetails'],
  operation: ['x_operation'],
  resource: ['resourceid'],
  currency: ['billingcurrency'],
  description: ['chargedescription'],
  legalEntity: ['invoiceissuername'],
  region: ['regionid'],
  tagsMap: ['tags'],
  costCategoryMap: ['x_costcategories'],
  unblended: ['billedcost'],
  netUnblended: ['billedcost'],
  effective: ['effectivecost'],
  list: ['listcost'],
  contracted: ['contractedcost'],
};

/** A quantity means something with its own unit only: the pair that the price is for comes first. */
const QUANTITY_PAIRS = [
  ['pricingquantity', 'pricingunit'],
  ['consumedquantity', 'consumedunit'],
] as const;

export function focusNames(lower: readonly string[]): Partial<Readonly<Record<Field, readonly string[]>>> {
  const pair = QUANTITY_PAIRS.find((names) => names.every((name) => lower.includes(name)));
  return pair === undefined ? FOCUS_NAMES : { ...FOCUS_NAMES, quantity: [pair[0]], unit: [pair[1]] };
}

/** What no FOCUS export says, and a CUR does. */
export const FOCUS_LACKS = {
  capability: 'cost before discounts',
  consequence:
    'FOCUS states cost after negotiated discounts only: unblended equals net cost, and amortized equals net amortized cost',
};

/** Columns that came with FOCUS 1.2; one of them tells it from 1.0. */
export const FOCUS_1_2_COLUMNS = ['invoiceid', 'billingaccounttype', 'subaccounttype', 'skumeter'] as const;

/** What distinguishes lines of a FOCUS export, as the file states it. */
export const FOCUS_TUPLE_FIELDS = [
  'payer',
  'account',
  'invoice',
  'legalEntity',
  'provider',
  'publisher',
  'productCode',
  'productName',
  'usageType',
  'skuMeter',
  'skuDetails',
  'operation',
  'chargeType',
  'chargeClass',
  'chargeFrequency',
  'commitmentCategory',
  'commitmentType',
  'commitmentStatus',
  'region',
  'currency',
  'unit',
] as const satisfies readonly Field[];
export type FocusTexts = Readonly<Record<(typeof FOCUS_TUPLE_FIELDS)[number], string | null>>;

/** The same line in the vocabulary of the CUR. */
export function cur(focus: FocusTexts): TupleTexts {
  return {
    payer: focus.payer,
    account: focus.account,
    invoice: focus.invoice,
    billingEntity: billingEntityOf(focus),
    productCode: focus.productCode ?? productCodeOf(focus.productName),
    productName: focus.productName,
    productMap: null,
    usageType: usageTypeOf(focus),
    operation: focus.operation,
    chargeType: chargeTypeOf(focus),
    region: focus.region,
    regionFallback: null,
    currency: focus.currency,
    unit: focus.unit,
  };
}

/** AWS, AISPL, their Marketplace, or another provider by its name: FOCUS files may hold several clouds. */
function billingEntityOf({
  provider,
  publisher,
  legalEntity,
  productCode,
  productName,
}: FocusTexts): string | null {
  if (provider !== null && !/\b(aws|amazon)\b/iu.test(provider)) return provider;
  const seller = /\b(india|aispl|internet services)\b/iu.test(legalEntity ?? '') ? 'AISPL' : 'AWS';
  const isThirdParty = publisher !== null && !/\b(aws|amazon)\b/iu.test(publisher);
  // AWS itself bills some of its partners' services under a service code of its own; the Marketplace has none.
  const isMarketplace =
    (isThirdParty && productCode === null) ||
    (productCode === null && /\(Amazon Bedrock Edition\)/iu.test(productName ?? '')) ||
    /\bmarketplace\b/iu.test(legalEntity ?? '');
  return isMarketplace ? `${seller} Marketplace` : seller;
}

/** FOCUS 1.2 has no usage type of its own: it is in the SKU's details or is its meter. */
function usageTypeOf({ usageType, skuMeter, skuDetails }: FocusTexts): string | null {
  if (usageType !== null) return usageType;
  const details = readMap(skuDetails ?? '') ?? {};
  const named = Object.entries(details).find(([key]) => /^(x_)?usage_?type$/iu.test(key));
  return named?.[1] ?? skuMeter;
}

type Commitment = 'savingsPlan' | 'reservation' | null;

function commitmentOf({ commitmentCategory, commitmentType }: FocusTexts): Commitment {
  if (/savings/iu.test(commitmentType ?? '') || commitmentCategory === 'Spend') return 'savingsPlan';
  if (/reserv/iu.test(commitmentType ?? '') || commitmentCategory === 'Usage') return 'reservation';
  return null;
}

const COVERED = { savingsPlan: 'SavingsPlanCoveredUsage', reservation: 'DiscountedUsage' } as const;
const RECURRING = { savingsPlan: 'SavingsPlanRecurringFee', reservation: 'RIFee' } as const;
const ONE_TIME = { savingsPlan: 'SavingsPlanUpfrontFee', reservation: 'Fee' } as const;

/** The line-item type a CUR has for such a charge. Categories without one stay as they are: counted, and flagged. */
function chargeTypeOf(focus: FocusTexts): string | null {
  const { chargeType: category, chargeClass, chargeFrequency, commitmentStatus } = focus;
  const commitment = commitmentOf(focus);
  if (category === 'Tax' || category === 'Credit') return category;
  if (chargeClass === 'Correction') return 'Refund';
  if (category === 'Usage') {
    if (commitment === null) return 'Usage';
    return commitmentStatus === 'Unused' ? RECURRING[commitment] : COVERED[commitment];
  }
  if (category !== 'Purchase') return category;
  if (commitment === null) return 'Fee';
  return chargeFrequency === 'One-Time' ? ONE_TIME[commitment] : RECURRING[commitment];
}

/**
 * Whether the list cost of a line counts. Buying a commitment has one too, and so have its unused hours; the usage it
 * covers states its own list cost, so that counting both would count it twice.
 */
export function countsList(focus: FocusTexts): boolean {
  if (commitmentOf(focus) === null) return true;
  return focus.chargeType === 'Usage' && focus.commitmentStatus !== 'Unused';
}
