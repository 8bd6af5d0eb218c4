// Which columns the importer reads, under which names each export format gives them, and what is lost without them.

/** One value per line that the importer asks for, whatever the column is called; the amounts come below. */
const TEXT_FIELDS = [
  'payer',
  'period',
  'invoice',
  'billingEntity',
  'account',
  'accountName',
  'chargeType',
  'usageStart',
  'usageEnd',
  'productCode',
  'productName',
  'productMap',
  'usageType',
  'operation',
  'resource',
  'principal',
  'quantity',
  'unit',
  'currency',
  'description',
  'legalEntity',
  'region',
  'regionFallback',
  'tagsMap',
  'resourceTagsMap',
  'costCategoryMap',
  // FOCUS only
  'provider',
  'publisher',
  'chargeClass',
  'chargeFrequency',
  'commitmentCategory',
  'commitmentType',
  'commitmentStatus',
  'skuMeter',
  'skuDetails',
] as const;

export const AMOUNT_FIELDS = [
  'unblended',
  'netUnblended',
  'list',
  'discountTotal',
  'discountEdp',
  'discountPrivateRate',
  'discountBundled',
  'reservationEffective',
  'netReservationEffective',
  'unusedReservationUpfront',
  'netUnusedReservationUpfront',
  'unusedReservationRecurring',
  'netUnusedReservationRecurring',
  'savingsPlanEffective',
  'netSavingsPlanEffective',
  'savingsPlanCommitment',
  'savingsPlanUsed',
  'savingsPlanRecurring',
  'netSavingsPlanRecurring',
  'savingsPlanUpfront',
  'netSavingsPlanUpfront',
  'reservationArn',
  'effective',
  'contracted',
] as const;
export type AmountField = (typeof AMOUNT_FIELDS)[number];

export const FIELDS = [...TEXT_FIELDS, ...AMOUNT_FIELDS] as const;
export type Field = (typeof FIELDS)[number];

/**
 * Header names per field, lower case, first match wins: CUR 1.0, then CUR 2.0 and the flat variant.
 * AWS varies the case of names between months, so headers are compared in lower case.
 */
export const CUR_NAMES: Partial<Readonly<Record<Field, readonly string[]>>> = {
  payer: ['bill/payeraccountid', 'bill_payer_account_id'],
  period: ['bill/billingperiodstartdate', 'bill_billing_period_start_date'],
  invoice: ['bill/invoiceid', 'bill_invoice_id'],
  billingEntity: ['bill/billingentity', 'bill_billing_entity'],
  account: ['lineitem/usageaccountid', 'line_item_usage_account_id'],
  accountName: ['lineitem/usageaccountname', 'line_item_usage_account_name'],
  chargeType: ['lineitem/lineitemtype', 'line_item_line_item_type'],
  usageStart: ['lineitem/usagestartdate', 'line_item_usage_start_date'],
  usageEnd: ['lineitem/usageenddate', 'line_item_usage_end_date'],
  productCode: ['lineitem/productcode', 'line_item_product_code'],
  productName: ['product/productname', 'product_product_name', 'product_name'],
  productMap: ['product'],
  usageType: ['lineitem/usagetype', 'line_item_usage_type'],
  operation: ['lineitem/operation', 'line_item_operation'],
  resource: ['lineitem/resourceid', 'line_item_resource_id'],
  principal: ['lineitem/iamprincipal', 'line_item_iam_principal'],
  quantity: ['lineitem/usageamount', 'line_item_usage_amount'],
  unit: ['pricing/unit', 'pricing_unit'],
  currency: ['lineitem/currencycode', 'line_item_currency_code'],
  description: ['lineitem/lineitemdescription', 'line_item_line_item_description'],
  legalEntity: ['lineitem/legalentity', 'line_item_legal_entity'],
  region: ['product/regioncode', 'product_region_code'],
  regionFallback: ['product/region', 'product_region'],
  tagsMap: ['tags'],
  resourceTagsMap: ['resource_tags'],
  costCategoryMap: ['cost_category'],
  unblended: ['lineitem/unblendedcost', 'line_item_unblended_cost'],
  netUnblended: ['lineitem/netunblendedcost', 'line_item_net_unblended_cost'],
  list: ['pricing/publicondemandcost', 'pricing_public_on_demand_cost'],
  discountTotal: ['discount/totaldiscount', 'discount_total_discount'],
  discountEdp: ['discount/edpdiscount', 'discount_edp_discount'],
  discountPrivateRate: [
    'discount/privateratediscount',
    'discount/ppadiscount',
    'discount_private_rate_discount',
    'discount_ppa_discount',
  ],
  discountBundled: ['discount/bundleddiscount', 'discount_bundled_discount'],
  reservationEffective: ['reservation/effectivecost', 'reservation_effective_cost'],
  netReservationEffective: ['reservation/neteffectivecost', 'reservation_net_effective_cost'],
  unusedReservationUpfront: [
    'reservation/unusedamortizedupfrontfeeforbillingperiod',
    'reservation_unused_amortized_upfront_fee_for_billing_period',
  ],
  netUnusedReservationUpfront: [
    'reservation/netunusedamortizedupfrontfeeforbillingperiod',
    'reservation_net_unused_amortized_upfront_fee_for_billing_period',
  ],
  unusedReservationRecurring: ['reservation/unusedrecurringfee', 'reservation_unused_recurring_fee'],
  netUnusedReservationRecurring: [
    'reservation/netunusedrecurringfee',
    'reservation_net_unused_recurring_fee',
  ],
  savingsPlanEffective: ['savingsplan/savingsplaneffectivecost', 'savings_plan_savings_plan_effective_cost'],
  netSavingsPlanEffective: [
    'savingsplan/netsavingsplaneffectivecost',
    'savings_plan_net_savings_plan_effective_cost',
  ],
  savingsPlanCommitment: ['savingsplan/totalcommitmenttodate', 'savings_plan_total_commitment_to_date'],
  savingsPlanUsed: ['savingsplan/usedcommitment', 'savings_plan_used_commitment'],
  savingsPlanRecurring: [
    'savingsplan/recurringcommitmentforbillingperiod',
    'savings_plan_recurring_commitment_for_billing_period',
  ],
  netSavingsPlanRecurring: [
    'savingsplan/netrecurringcommitmentforbillingperiod',
    'savings_plan_net_recurring_commitment_for_billing_period',
  ],
  savingsPlanUpfront: [
    'savingsplan/amortizedupfrontcommitmentforbillingperiod',
    'savings_plan_amortized_upfront_commitment_for_billing_period',
  ],
  netSavingsPlanUpfront: [
    'savingsplan/netamortizedupfrontcommitmentforbillingperiod',
    'savings_plan_net_amortized_upfront_commitment_for_billing_period',
  ],
  reservationArn: [
    'reservation/reservationarn',
    'reservation_reservation_a_r_n',
    'reservation_reservation_arn',
  ],
};

/** Without these a line has no place in any total; everything else only narrows what can be asked. */
export const REQUIRED_FIELDS = {
  cur: ['chargeType', 'usageStart', 'productCode', 'usageType', 'currency', 'unblended'],
  focus: ['chargeType', 'usageStart', 'productName', 'currency', 'unblended'],
} as const satisfies Record<string, readonly Field[]>;

type Capability = {
  readonly capability: string;
  /** The capability is there when one of these fields is. */
  readonly anyOf: readonly Field[];
  readonly consequence: string;
};

export const CAPABILITIES: readonly Capability[] = [
  {
    capability: 'payers',
    anyOf: ['payer'],
    consequence: 'the file does not say who pays: all its lines count as one payer without a name',
  },
  {
    capability: 'billing periods',
    anyOf: ['period'],
    consequence: 'no billing period: lines belong to the month of their usage',
  },
  {
    capability: 'invoice ids',
    anyOf: ['invoice'],
    consequence: 'no invoice ids: totals cannot be tied to one invoice, and every period counts as estimated',
  },
  {
    capability: 'Marketplace models',
    anyOf: ['billingEntity', 'publisher'],
    consequence: 'no billing entity: models sold through AWS Marketplace are not recognised',
  },
  {
    capability: 'product names',
    anyOf: ['productName', 'productMap'],
    consequence: 'no product names: models sold through AWS Marketplace are not recognised',
  },
  {
    capability: 'accounts',
    anyOf: ['account'],
    consequence: 'no usage account: spend cannot be split by account',
  },
  {
    capability: 'usage types',
    anyOf: ['usageType', 'skuMeter', 'skuDetails'],
    consequence: 'no usage types: Bedrock lines are found, but not their models and meters',
  },
  {
    capability: 'operations',
    anyOf: ['operation'],
    consequence: 'no operations: streaming and other calls are not told apart',
  },
  {
    capability: 'quantities',
    anyOf: ['quantity'],
    consequence: 'no usage amounts: there are costs but no tokens and no unit costs',
  },
  {
    capability: 'units',
    anyOf: ['unit'],
    consequence: 'no pricing units: quantities are not converted to tokens, hours or images',
  },
  {
    capability: 'regions',
    anyOf: ['region', 'regionFallback', 'productMap'],
    consequence: 'no region column: the region is read from the usage type only',
  },
  {
    capability: 'descriptions',
    anyOf: ['description'],
    consequence: 'no descriptions: some usage types cannot be told apart',
  },
  {
    capability: 'resources',
    anyOf: ['resource'],
    consequence: 'no resource ids: no spend by resource or inference profile; switch them on in the export',
  },
  {
    capability: 'principals',
    anyOf: ['principal'],
    consequence: 'no IAM principals: no spend by caller; it takes a new CUR 2.0 export with principal data',
  },
  {
    capability: 'list prices',
    anyOf: ['list'],
    consequence: 'no public on-demand cost: the list basis comes from the catalog only',
  },
  {
    capability: 'net costs',
    anyOf: ['netUnblended', 'discountTotal', 'discountEdp'],
    consequence:
      'no net cost and no discount columns: the net basis is unblended cost with its discount lines',
  },
  {
    capability: 'reservations',
    anyOf: ['reservationEffective', 'effective'],
    consequence: 'no reservation columns: lines covered by reservations have no amortized cost',
  },
  {
    capability: 'Savings Plans',
    anyOf: ['savingsPlanEffective', 'effective'],
    consequence: 'no Savings Plan columns: lines covered by Savings Plans have no amortized cost',
  },
];

/** Columns with a name of the user's own: `resourceTags/user:Team`, `costCategory/Product`, `resource_tags_user_team`. */
export const TAG_PREFIXES = ['resourcetags/', 'resource_tags_'] as const;
export const COST_CATEGORY_PREFIXES = ['costcategory/', 'cost_category_'] as const;
