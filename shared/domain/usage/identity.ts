// Which model a line is about. Only what the line states counts: nothing is inferred from price, unit or neighbours.
import type { LineDimensions, ModelTier } from './line.ts';
import { providerOfModelId, resolveModel, withoutEdition } from './models.ts';
import { isMarketplace } from './predicate.ts';

export type ModelIdentity = {
  /** Printed name; where the table does not hold it, the text of the bill as it stands. */
  readonly model: string;
  /** null where neither the table nor a model id names it. */
  readonly provider: string | null;
  readonly tier: ModelTier | null;
};

const MODEL_IN_ARN = /:(?:foundation-model|inference-profile)\/(?<id>[a-z0-9-]+\.[^/]+)$/iu;

/** A text that is known to name a model: through the table, else as it stands. */
function stated(text: string): ModelIdentity {
  return resolveModel(text) ?? { model: text, provider: providerOfModelId(text), tier: null };
}

/** Only on Marketplace and with the edition suffix is a product name a model; elsewhere it may be the service. */
function fromProductName(line: LineDimensions): ModelIdentity | null {
  if (line.productName === null) return null;
  const withoutSuffix = withoutEdition(line.productName);
  if (withoutSuffix !== null) return stated(withoutSuffix);
  if (isMarketplace(line)) return stated(line.productName);
  return resolveModel(line.productName);
}

function fromResource(resource: string | null): ModelIdentity | null {
  const id = MODEL_IN_ARN.exec(resource ?? '')?.groups?.id;
  return id === undefined ? null : stated(id);
}

/**
 * The model of a line, by the first of: the export's model attribute, the product name, the usage type's own
 * text, the foundation model or inference profile of the resource id. null where the line names none.
 */
export function identifyModel(line: LineDimensions, fromUsageType: string | null): ModelIdentity | null {
  if (line.productModel !== null && line.productModel !== '') return stated(line.productModel);
  return (
    fromProductName(line) ??
    (fromUsageType === null ? null : stated(fromUsageType)) ??
    fromResource(line.resource)
  );
}
