// The rest of the imagined bill: ordinary AWS services around the AI workloads, so that an import has a haystack.
import { ACCOUNTS, PAYER, type SampleAccount } from './company.ts';

export type OtherService = {
  readonly productCode: string;
  readonly productName: string;
  readonly usageType: string;
  readonly operation: string;
  readonly unit: string;
  readonly rate: number;
  /** Typical quantity of one line. */
  readonly quantity: number;
  /** How often such a line occurs, relative to the others. */
  readonly weight: number;
  readonly resource: ((account: string, item: number) => string) | null;
  readonly chargeType: 'Usage' | 'SavingsPlanCoveredUsage' | 'DiscountedUsage';
};

const hex = (item: number): string => ((item * 2654435761) >>> 0).toString(16).padStart(8, '0');
const instance = (account: string, item: number): string =>
  `arn:aws:ec2:us-east-1:${account}:instance/i-0${hex(item)}${hex(item + 7)}`;
const volume = (account: string, item: number): string =>
  `arn:aws:ec2:us-east-1:${account}:volume/vol-0${hex(item)}${hex(item + 3)}`;
const bucket = (account: string, item: number): string =>
  `northwind-${account.slice(0, 3)}-${hex(item % 60)}`;
const lambda = (account: string, item: number): string =>
  `arn:aws:lambda:us-east-1:${account}:function:job-${item % 45}`;
const database = (account: string, item: number): string =>
  `arn:aws:rds:us-east-1:${account}:db:orders-${item % 12}`;
const logs = (account: string, item: number): string =>
  `arn:aws:logs:us-east-1:${account}:log-group:/svc/${item % 30}`;
const collection = (account: string, item: number): string =>
  `arn:aws:aoss:us-east-1:${account}:collection/kb${item % 2}`;

type Row = readonly [
  code: string,
  name: string,
  usageType: string,
  operation: string,
  unit: string,
  rate: number,
  quantity: number,
  weight: number,
  resource?: OtherService['resource'],
  chargeType?: OtherService['chargeType'],
];

const ROWS: readonly Row[] = [
  [
    'AmazonEC2',
    'Amazon Elastic Compute Cloud',
    'USE1-BoxUsage:m7i.xlarge',
    'RunInstances',
    'Hrs',
    0.2016,
    24,
    14,
    instance,
  ],
  [
    'AmazonEC2',
    'Amazon Elastic Compute Cloud',
    'USE1-BoxUsage:c7g.2xlarge',
    'RunInstances',
    'Hrs',
    0.29,
    24,
    9,
    instance,
    'SavingsPlanCoveredUsage',
  ],
  [
    'AmazonEC2',
    'Amazon Elastic Compute Cloud',
    'USW2-BoxUsage:r6i.large',
    'RunInstances',
    'Hrs',
    0.126,
    24,
    6,
    instance,
    'DiscountedUsage',
  ],
  [
    'AmazonEC2',
    'Amazon Elastic Compute Cloud',
    'EBS:VolumeUsage.gp3',
    'CreateVolume-Gp3',
    'GB-Mo',
    0.08,
    3.3,
    12,
    volume,
  ],
  [
    'AmazonEC2',
    'Amazon Elastic Compute Cloud',
    'USE1-NatGateway-Bytes',
    'NatGateway',
    'GB',
    0.045,
    41,
    4,
    null,
  ],
  [
    'AmazonEKS',
    'Amazon Elastic Container Service for Kubernetes',
    'USE1-AmazonEKS-Hours:perCluster',
    'CreateOperation',
    'Hours',
    0.1,
    24,
    2,
    null,
  ],
  [
    'AmazonRDS',
    'Amazon Relational Database Service',
    'USE1-InstanceUsage:db.r6g.xlarge',
    'CreateDBInstance:0014',
    'Hrs',
    0.45,
    24,
    5,
    database,
  ],
  [
    'AmazonRDS',
    'Amazon Relational Database Service',
    'USE1-RDS:GP3-Storage',
    'CreateDBInstance:0014',
    'GB-Mo',
    0.115,
    6.6,
    4,
    database,
  ],
  [
    'AmazonDynamoDB',
    'Amazon DynamoDB',
    'USE1-WriteRequestUnits',
    'PayPerRequestThroughput',
    'WriteRequestUnits',
    0.000000625,
    830_000,
    4,
    null,
  ],
  [
    'AmazonS3',
    'Amazon Simple Storage Service',
    'USE1-TimedStorage-ByteHrs',
    'StandardStorage',
    'GB-Mo',
    0.023,
    18,
    7,
    bucket,
  ],
  [
    'AmazonS3',
    'Amazon Simple Storage Service',
    'USE1-Requests-Tier1',
    'PutObject',
    'Requests',
    0.000005,
    21_000,
    7,
    bucket,
  ],
  [
    'AWSLambda',
    'AWS Lambda',
    'USE1-Lambda-GB-Second',
    'Invoke',
    'Lambda-GB-Second',
    0.0000166667,
    9100,
    5,
    lambda,
  ],
  [
    'AmazonCloudWatch',
    'AmazonCloudWatch',
    'USE1-DataProcessing-Bytes',
    'PutLogEvents',
    'GB',
    0.5,
    1.9,
    5,
    logs,
  ],
  [
    'AmazonES',
    'Amazon OpenSearch Service',
    'USE1-IndexingOCU',
    'Indexing',
    'OCU-hours',
    0.24,
    24,
    0.4,
    collection,
  ],
  [
    'AmazonES',
    'Amazon OpenSearch Service',
    'USE1-SearchOCU',
    'Search',
    'OCU-hours',
    0.24,
    24,
    0.4,
    collection,
  ],
  [
    'AWSDataTransfer',
    'AWS Data Transfer',
    'USE1-DataTransfer-Out-Bytes',
    'RunInstances',
    'GB',
    0.09,
    7,
    6,
    null,
  ],
  [
    'AmazonVPC',
    'Amazon Virtual Private Cloud',
    'USE1-VpcEndpoint-Hours',
    'VpcEndpoint',
    'Hrs',
    0.01,
    24,
    2,
    null,
  ],
  [
    'AWSELB',
    'Elastic Load Balancing',
    'USE1-LCUUsage',
    'LoadBalancing:Application',
    'LCU-Hrs',
    0.008,
    38,
    3,
    null,
  ],
  [
    'awskms',
    'AWS Key Management Service',
    'USE1-KMS-Requests',
    'Decrypt',
    'Requests',
    0.000003,
    5200,
    3,
    null,
  ],
  [
    'AWSQueueService',
    'Amazon Simple Queue Service',
    'USE1-Requests-RBP',
    'SendMessage',
    'Requests',
    0.0000004,
    260_000,
    3,
    null,
  ],
];

export const OTHER_SERVICES: readonly OtherService[] = ROWS.map(
  ([productCode, productName, usageType, operation, unit, rate, quantity, weight, resource, chargeType]) => ({
    productCode,
    productName,
    usageType,
    operation,
    unit,
    rate,
    quantity,
    weight,
    resource: resource ?? null,
    chargeType: chargeType ?? 'Usage',
  }),
);

export const OTHER_ACCOUNTS: readonly SampleAccount[] = [...Object.values(ACCOUNTS), PAYER];

/** Discount negotiated on AWS-billed usage, delivered as columns on the usage lines; Marketplace lines have none. */
export const EDP_DISCOUNT = 0.06;
/** What a Savings Plan hour costs against on-demand. */
export const SAVINGS_PLAN_RATE = 0.72;
/** What a reserved instance hour costs against on-demand. */
export const RESERVED_RATE = 0.64;
