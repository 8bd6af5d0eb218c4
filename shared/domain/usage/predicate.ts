// Which lines of a bill are Bedrock's, and which are billed elsewhere but may be driven by it.
import type { LineDimensions } from './line.ts';
import type { LineClass } from './vocabulary.ts';

export const BEDROCK_PRODUCT_CODES = [
  'AmazonBedrock',
  'AmazonBedrockService',
  'AmazonBedrockFoundationModels',
  'AmazonBedrockAgentCore',
] as const;

/** Billing entities of the Marketplace: `AWS Marketplace`, and the Indian seller's. */
const MARKETPLACE_ENTITY = /\bmarketplace$/iu;

type Membership = {
  readonly id: string;
  readonly reason: string;
  readonly holds: (line: LineDimensions) => boolean;
};

/** Whether a line is billed through the Marketplace, where product codes are opaque. */
export function isMarketplace(line: LineDimensions): boolean {
  return MARKETPLACE_ENTITY.test(line.billingEntity ?? '');
}

/** A line is Bedrock's when one of these holds. */
export const BEDROCK_MEMBERSHIP: readonly Membership[] = [
  {
    id: 'product-code',
    reason: 'sold by AWS or AISPL under a Bedrock product code',
    holds: (line) =>
      !isMarketplace(line) && BEDROCK_PRODUCT_CODES.some((productCode) => productCode === line.productCode),
  },
  {
    id: 'marketplace-name',
    reason: 'Marketplace product codes are opaque; the product name says Bedrock',
    holds: (line) => isMarketplace(line) && /bedrock/iu.test(line.productName ?? ''),
  },
];

export type CandidateService = {
  readonly id: string;
  readonly productCode: string;
  /** Usage types taken in; null = every usage type of the product. */
  readonly usageType: RegExp | null;
  readonly reason: string;
};

/** AI-adjacent services, shown apart until the user confirms that Bedrock drives them. */
export const CANDIDATE_SERVICES: readonly CandidateService[] = [
  {
    id: 'opensearch-serverless-ocu',
    productCode: 'AmazonES',
    usageType: /OCU$/u,
    reason: 'vector store of knowledge bases: compute floor',
  },
  {
    id: 'opensearch-serverless-storage',
    productCode: 'AmazonES',
    usageType: /StorageUsedInS3ByteHour$/u,
    reason: 'vector store of knowledge bases: index storage',
  },
  {
    id: 'sagemaker',
    productCode: 'AmazonSageMaker',
    usageType: null,
    reason: 'hosts Bedrock Marketplace models and self-hosted alternatives',
  },
  {
    id: 'cloudwatch',
    productCode: 'AmazonCloudWatch',
    usageType: null,
    reason: 'invocation logs and metrics',
  },
  { id: 'lambda', productCode: 'AWSLambda', usageType: null, reason: 'action groups and flow steps' },
  { id: 's3', productCode: 'AmazonS3', usageType: null, reason: 'documents, batch input and output, logs' },
  { id: 'vpc', productCode: 'AmazonVPC', usageType: /VpcEndpoint/u, reason: 'PrivateLink to Bedrock' },
  {
    id: 'data-transfer',
    productCode: 'AWSDataTransfer',
    usageType: null,
    reason: 'traffic of requests and answers',
  },
  { id: 'kendra', productCode: 'AmazonKendra', usageType: null, reason: 'index behind a knowledge base' },
  {
    id: 'textract',
    productCode: 'AmazonTextract',
    usageType: null,
    reason: 'document parsing before inference',
  },
];

function candidateOf(line: LineDimensions): CandidateService | null {
  return (
    CANDIDATE_SERVICES.find(
      (service) =>
        service.productCode === line.productCode &&
        (service.usageType === null || service.usageType.test(line.usageType ?? '')),
    ) ?? null
  );
}

/** How far a line is Bedrock's. Tax, credits and discounts of Bedrock are Bedrock lines too. */
export function lineClassOf(line: LineDimensions): LineClass {
  if (BEDROCK_MEMBERSHIP.some((membership) => membership.holds(line))) return 'bedrock';
  return candidateOf(line) === null ? 'other' : 'candidate';
}
