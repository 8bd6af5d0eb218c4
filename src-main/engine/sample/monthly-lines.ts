// The lines a month has once: fees, taxes, refunds and a credit.
import { marketplaceCode } from './bedrock-lines.ts';
import { ACCOUNTS, type SampleAccount } from './company.ts';
import { PLAIN_LINE, type SampleLine } from './line.ts';

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

const TAX = { chargeType: 'Tax', account: ACCOUNTS.prod, taxType: 'Sales Tax' };
const SONNET = 'Claude Sonnet 4.5 (Amazon Bedrock Edition)';

/** One each a month. */
const EVERY_MONTH: readonly Monthly[] = [
  {
    ...TAX,
    productCode: 'AmazonEC2',
    productName: 'Amazon Elastic Compute Cloud',
    amount: 84.31,
    description: 'Tax for product code AmazonEC2',
  },
  {
    ...TAX,
    productCode: 'AmazonBedrock',
    productName: 'Amazon Bedrock',
    amount: 41.07,
    description: 'Tax for product code AmazonBedrock',
    isBedrock: true,
  },
  {
    ...TAX,
    productCode: marketplaceCode(SONNET),
    productName: SONNET,
    amount: 112.4,
    description: `Tax for product ${SONNET}`,
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
];

/** What AWS gave once, in the first month. */
const FIRST_MONTH: Monthly = {
  chargeType: 'Credit',
  productCode: 'AmazonBedrock',
  productName: 'Amazon Bedrock',
  amount: -250,
  description: 'AWS proof-of-concept credit',
  account: ACCOUNTS.research,
  isBedrock: true,
};

/** The lines of one month; `monthIndex` counts from the sample's first. */
export function* monthlyLines(
  ids: Generator<string>,
  start: number,
  end: number,
  monthIndex: number,
): Generator<SampleLine> {
  for (const row of monthIndex === 0 ? [...EVERY_MONTH, FIRST_MONTH] : EVERY_MONTH) {
    yield {
      ...PLAIN_LINE,
      id: ids.next().value as string,
      start,
      end,
      billingEntity: row.entity ?? 'AWS',
      billType: row.billType ?? 'Anniversary',
      chargeType: row.chargeType,
      account: row.account,
      productCode: row.productCode,
      productName: row.productName,
      quantity: 1,
      unblended: row.amount,
      net: row.amount,
      description: row.description,
      taxType: row.taxType ?? null,
      isBedrock: row.isBedrock ?? false,
    };
  }
}
