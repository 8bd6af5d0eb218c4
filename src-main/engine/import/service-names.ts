// Services by the name AWS shows people (FOCUS, Cost Explorer), and the product code under which a CUR bills them.

/** Shown name → product code. Only services whose lines the importer tells apart; others go by their name. */
export const PRODUCT_CODES: Readonly<Record<string, string>> = {
  'Amazon Bedrock': 'AmazonBedrock',
  'Amazon Bedrock Service': 'AmazonBedrockService',
  'Amazon Bedrock Foundation Models': 'AmazonBedrockFoundationModels',
  'Amazon Bedrock AgentCore': 'AmazonBedrockAgentCore',
  'Amazon OpenSearch Service': 'AmazonES',
  'Amazon SageMaker': 'AmazonSageMaker',
  'Amazon SageMaker AI': 'AmazonSageMaker',
  AmazonCloudWatch: 'AmazonCloudWatch',
  'Amazon CloudWatch': 'AmazonCloudWatch',
  'AWS Lambda': 'AWSLambda',
  'Amazon Simple Storage Service': 'AmazonS3',
  'Amazon Virtual Private Cloud': 'AmazonVPC',
  'AWS Data Transfer': 'AWSDataTransfer',
  'Amazon Kendra': 'AmazonKendra',
  'Amazon Textract': 'AmazonTextract',
};

/** Product code of a service by its shown name; the name itself where no code is known. */
export function productCodeOf(name: string | null): string | null {
  return name === null ? null : (PRODUCT_CODES[name] ?? name);
}
