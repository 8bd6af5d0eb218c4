// Services by the name AWS shows people (FOCUS, Cost Explorer), and the product code under which a CUR bills them.

/** Shown name → product code. Cost Explorer splits EC2 in two. Services that are not here go by their name. */
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
  'Amazon Elastic Compute Cloud': 'AmazonEC2',
  'Amazon Elastic Compute Cloud - Compute': 'AmazonEC2',
  'EC2-Instances': 'AmazonEC2',
  'EC2-Other': 'AmazonEC2',
  'EC2 - Other': 'AmazonEC2',
  'Amazon Relational Database Service': 'AmazonRDS',
  'Amazon DynamoDB': 'AmazonDynamoDB',
  'Amazon ElastiCache': 'AmazonElastiCache',
  'Amazon Redshift': 'AmazonRedshift',
  'Amazon Athena': 'AmazonAthena',
  'AWS Glue': 'AWSGlue',
  'Amazon Elastic Container Service': 'AmazonECS',
  'Amazon Elastic Container Service for Kubernetes': 'AmazonEKS',
  'Amazon EC2 Container Registry (ECR)': 'AmazonECR',
  'Amazon Elastic File System': 'AmazonEFS',
  'Elastic Load Balancing': 'AWSELB',
  'Amazon CloudFront': 'AmazonCloudFront',
  'Amazon Route 53': 'AmazonRoute53',
  'Amazon API Gateway': 'AmazonApiGateway',
  'Amazon Simple Queue Service': 'AWSQueueService',
  'Amazon Simple Notification Service': 'AmazonSNS',
  'Amazon Simple Email Service': 'AmazonSES',
  'AWS Key Management Service': 'awskms',
  'AWS Secrets Manager': 'AWSSecretsManager',
  'AWS CloudTrail': 'AWSCloudTrail',
  'AWS Config': 'AWSConfig',
  'AWS Step Functions': 'AmazonStates',
  'AWS Cost Explorer': 'AWSCostExplorer',
  'Savings Plans for AWS Compute usage': 'ComputeSavingsPlans',
};

/** Product code of a service by its shown name; the name itself where no code is known. */
export function productCodeOf(name: string | null): string | null {
  return name === null ? null : (PRODUCT_CODES[name] ?? name);
}
