// How a Bedrock bill is cut for the overview: each family belongs to exactly one part, so that the parts add up.
import type { Family } from '../usage/vocabulary.ts';

export const SPEND_PARTS = ['inference', 'ancillary', 'unknown'] as const;
export type SpendPart = (typeof SPEND_PARTS)[number];

/** Inference is running a model, however its capacity is bought; ancillary is everything else that Bedrock meters. */
export const PART_OF_FAMILY = {
  inference: 'inference',
  provisioned: 'inference',
  reserved: 'inference',
  custom_import: 'inference',
  marketplace_endpoint: 'inference',
  customization: 'ancillary',
  knowledge_base: 'ancillary',
  agents: 'ancillary',
  guardrails: 'ancillary',
  flows: 'ancillary',
  data_automation: 'ancillary',
  evaluation: 'ancillary',
  prompt_tools: 'ancillary',
  storage: 'ancillary',
  other: 'ancillary',
  unknown: 'unknown',
} as const satisfies Record<Family, SpendPart>;

/** Billing entity of purchases that AWS Marketplace invoices. */
export const MARKETPLACE_ENTITY = 'AWS Marketplace';

/**
 * What Cost Explorer shows when it is filtered on the service "Amazon Bedrock": lines whose product has that name.
 * A line without a product name goes by its product code. Everything else of Bedrock is outside that filter.
 */
export const COST_EXPLORER_FILTER = { productName: 'Amazon Bedrock', productCode: 'AmazonBedrock' } as const;
