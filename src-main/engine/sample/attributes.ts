// Fills the columns of a CUR 1.0 that say nothing about cost: product attributes, price ids, tags that AWS sets itself.
// They make rows as long, and as hard to compress, as those of a real report.
import type { SampleLine } from './line.ts';

type Text = (line: SampleLine) => string;

/** Capital letters and digits that follow from a text: what AWS's own ids look like. */
export function idOf(text: string, length: number): string {
  let hash = 2_166_136_261;
  let id = '';
  for (let at = 0; id.length < length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at % text.length), 16_777_619) ^ (hash >>> 13);
    // The first turns only take the text in.
    if (at >= text.length) id += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[(hash >>> 7) & 31];
  }
  return id;
}

const hexOf = (text: string, length: number): string =>
  [...idOf(text, length)].map((letter) => (letter.charCodeAt(0) & 15).toString(16)).join('');

/** Lines of Marketplace models carry no attributes, and Bedrock's carry no tags but the user's. */
const ofAws =
  (text: Text): Text =>
  (line) =>
    line.billingEntity === 'AWS' && line.region !== '' ? text(line) : '';
const ofResources =
  (text: (resource: string, line: SampleLine) => string): Text =>
  (line) =>
    line.isBedrock || line.resource === null ? '' : text(line.resource, line);
const ofInstances =
  (text: (type: string) => string): Text =>
  ({ usageType }) => {
    const type = /BoxUsage:(?<type>\S+)/u.exec(usageType)?.groups?.type;
    return type === undefined ? '' : text(type);
  };

const skuOf = ({ usageType, operation }: SampleLine): string => idOf(`${usageType} ${operation}`, 16);

const uuid = (text: string): string => {
  const hex = hexOf(text, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** Column → text; a column of the header that is not here is written by the format itself or stays empty. */
export const ATTRIBUTE_CELLS: Readonly<Record<string, Text>> = {
  'lineItem/AvailabilityZone': ofResources(
    (resource, { region }) => `${region}${'abc'[resource.length % 3]}`,
  ),
  'lineItem/NormalizationFactor': ofInstances((type) => (type.endsWith('.xlarge') ? '8.0' : '4.0')),
  'product/instanceType': ofInstances((type) => type),
  'product/instanceFamily': ofInstances(() => 'General purpose'),
  'product/vcpu': ofInstances((type) => (type.endsWith('.xlarge') ? '4' : '2')),
  'product/memory': ofInstances((type) => (type.endsWith('.xlarge') ? '16 GiB' : '8 GiB')),
  'product/locationType': ofAws(() => 'AWS Region'),
  'product/productFamily': ofAws(({ unit }) => (unit === 'Hrs' ? 'Compute Instance' : 'Service Usage')),
  'product/servicename': ofAws(({ productName }) => productName),
  'product/sku': ofAws(skuOf),
  'pricing/RateCode': ofAws((line) => `${skuOf(line)}.JRTCKXETXF.6YS6EN2CT7`),
  'pricing/RateId': ofAws((line) => String(Number.parseInt(hexOf(skuOf(line), 10), 16))),
  'resourceTags/aws:createdBy': ofResources(
    (resource) => `AssumedRole:AROA${idOf(resource, 17)}:${idOf(`${resource} session`, 32)}`,
  ),
  'resourceTags/aws:cloudformation:stack-id': ofResources(
    (resource, { account, region, productCode }) =>
      `arn:aws:cloudformation:${region}:${account.id}:stack/${productCode}-service/${uuid(resource)}`,
  ),
  'resourceTags/aws:eks:cluster-name': ofResources((_, { account }) => `${account.name}-cluster`),
};
