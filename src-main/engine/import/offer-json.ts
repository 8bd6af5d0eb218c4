// The JSON shapes of an offer file: a bulk file (products, then terms), or what `aws pricing get-products` answers.
import { JSONParser } from '@streamparser/json';
import { z } from 'zod';
import type { OfferRow } from '../../../shared/domain/pricing/offer-row.ts';
import { BadRow, checkOfferCode, type OfferHead, refused, type TakeRow } from './offer-refusal.ts';

const words = z.record(z.string(), z.string().nullish());
const product = z.object({ sku: z.string(), attributes: words });
const dimension = z.object({
  rateCode: z.string().default(''),
  description: z.string().nullish(),
  unit: z.string().nullish(),
  beginRange: z.string().nullish(),
  endRange: z.string().nullish(),
  startingRange: z.string().nullish(),
  endingRange: z.string().nullish(),
  pricePerUnit: z.record(z.string(), z.string()),
});
const term = z.object({
  sku: z.string().nullish(),
  effectiveDate: z.string().nullish(),
  priceDimensions: z.record(z.string(), dimension),
});
const termsOfSku = z.record(z.string(), term);
const listed = z.object({
  product,
  serviceCode: z.string().nullish(),
  terms: z.record(z.string(), termsOfSku).default({}),
  version: z.string().nullish(),
  publicationDate: z.string().nullish(),
});

type Product = z.output<typeof product>;
type Emitted = { readonly path: readonly (string | number)[]; readonly value: unknown };

/** A reading in progress: takes the values of one shape as they are completed. */
type Reading = {
  readonly paths: readonly string[];
  /** Several documents may follow each other, one a line. */
  readonly separator: string | null;
  readonly take: (emitted: Emitted) => void;
  readonly finish: () => OfferHead;
};

export async function readOfferJson(
  path: string,
  start: string,
  chunks: AsyncIterable<Uint8Array>,
  take: TakeRow,
): Promise<OfferHead> {
  const reading = /^\{\s*"(?:formatVersion|disclaimer|offerCode|products|terms)"/u.test(start)
    ? bulkReading(take)
    : queryReading(start, take);
  const position: { newlines: number; chunkStart: number; offset: number; chunk: Uint8Array } = {
    newlines: 0,
    chunkStart: 0,
    offset: 0,
    chunk: new Uint8Array(),
  };
  const parser = new JSONParser({
    paths: [...reading.paths],
    keepStack: false,
    ...(reading.separator === null ? {} : { separator: reading.separator }),
  });
  parser.onToken = ({ offset }) => {
    position.offset = offset;
  };
  parser.onValue = ({ value, key, stack }) => {
    const keys = [...stack.map((level) => level.key), key].filter((part) => part !== undefined);
    reading.take({ path: keys, value });
  };
  const line = (): number =>
    1 + position.newlines + newlinesIn(position.chunk, position.offset - position.chunkStart);
  try {
    for await (const chunk of chunks) {
      position.chunk = chunk;
      parser.write(chunk);
      position.newlines += newlinesIn(chunk, chunk.length);
      position.chunkStart += chunk.length;
      position.chunk = new Uint8Array();
    }
    if (!parser.isEnded) parser.end();
    return reading.finish();
  } catch (error) {
    throw inTermsOfTheFile(path, line(), error);
  }
}

function newlinesIn(chunk: Uint8Array, end: number): number {
  let count = 0;
  for (let at = chunk.indexOf(10); at >= 0 && at < end; at = chunk.indexOf(10, at + 1)) count++;
  return count;
}

function inTermsOfTheFile(path: string, line: number, error: unknown): unknown {
  if (error instanceof BadRow) return refused(path, line, error.message);
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    const where = issue?.path.map(String).join('.') ?? '';
    return refused(
      path,
      line,
      `${where === '' ? 'a value' : where} is not what an offer file holds (${issue?.message ?? ''})`,
    );
  }
  const name = error instanceof Error ? error.constructor.name : '';
  if (name === 'TokenizerError' || name === 'TokenParserError') {
    return refused(path, line, `it is not JSON from there on (${(error as Error).message})`);
  }
  return error;
}

function bulkReading(take: TakeRow): Reading {
  const head = new Map<string, string>();
  const products = new Map<string, Product>();
  /** Terms that stand before their product: AWS writes products first. */
  const early: { termType: string; sku: string; terms: unknown }[] = [];
  const takeTerms = (termType: string, sku: string, terms: unknown): void => {
    for (const row of rowsOf(products.get(sku), sku, termType, terms, head.get('offerCode') ?? '')) take(row);
  };
  return {
    paths: [
      '$.formatVersion',
      '$.offerCode',
      '$.version',
      '$.publicationDate',
      '$.products.*',
      '$.terms.*.*',
    ],
    separator: null,
    take({ path: [section, ...keys], value }) {
      if (section === 'products') {
        const one = product.parse(value);
        products.set(one.sku, one);
      } else if (section === 'terms') {
        const [termType = '', sku = ''] = keys.map(String);
        if (products.has(sku)) takeTerms(termType, sku, value);
        else early.push({ termType, sku, terms: value });
      } else {
        head.set(String(section), z.string().parse(value));
        if (section === 'offerCode') checkOfferCode(String(value));
      }
    },
    finish() {
      for (const { termType, sku, terms } of early) takeTerms(termType, sku, terms);
      if (products.size === 0) throw new BadRow('it lists no products');
      return {
        shape: 'bulk_json',
        version: head.get('version') ?? null,
        publicationDate: head.get('publicationDate') ?? null,
      };
    },
  };
}

function queryReading(start: string, take: TakeRow): Reading {
  let version: string | null = null;
  let published: string | null = null;
  let products = 0;
  const takeProduct = (value: unknown): void => {
    const found = listed.safeParse(typeof value === 'string' ? parsed(value) : value);
    if (!found.success) throw new BadRow('it is neither an offer file nor an answer of get-products');
    const { product: one, serviceCode, terms } = found.data;
    products++;
    version = found.data.version ?? version;
    const date = found.data.publicationDate ?? null;
    if (date !== null && (published === null || date > published)) published = date;
    for (const [termType, ofSku] of Object.entries(terms)) {
      for (const row of rowsOf(one, one.sku, termType, ofSku, serviceCode ?? '')) take(row);
    }
  };
  const paths = start.startsWith('[')
    ? ['$.*']
    : /^\{\s*"(?:FormatVersion|PriceList)"/u.test(start)
      ? ['$.PriceList.*']
      : ['$'];
  return {
    paths,
    separator: paths[0] === '$' ? '' : null,
    take: ({ value }) => takeProduct(value),
    finish() {
      if (products === 0) throw new BadRow('it lists no products');
      return { shape: 'get_products', version, publicationDate: published };
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRow('an entry of the price list is not JSON');
  }
}

/** The rows of one SKU's terms of one type. */
function* rowsOf(
  one: Product | undefined,
  sku: string,
  termType: string,
  terms: unknown,
  offerCode: string,
): Generator<OfferRow> {
  const attributes = one?.attributes ?? {};
  const attribute = (...names: readonly string[]): string | null =>
    names.map((name) => attributes[name] ?? '').find((text) => text !== '') ?? null;
  const code = offerCode === '' ? (attribute('servicecode') ?? '') : offerCode;
  checkOfferCode(code);
  for (const { effectiveDate, priceDimensions } of Object.values(termsOfSku.parse(terms))) {
    for (const price of Object.values(priceDimensions)) {
      const { USD } = price.pricePerUnit;
      const [currency = '', amount = ''] =
        USD === undefined ? (Object.entries(price.pricePerUnit)[0] ?? []) : ['USD', USD];
      yield {
        place: `SKU ${sku}`,
        offerCode: code,
        sku,
        rateCode: price.rateCode,
        termType,
        usageType: attribute('usagetype'),
        operation: attribute('operation'),
        region: attribute('regionCode'),
        locationType: attribute('locationType'),
        serviceName: attribute('servicename'),
        model: attribute('model', 'titanModel'),
        provider: attribute('provider'),
        unit: price.unit ?? null,
        amount,
        currency,
        effectiveDate: effectiveDate ?? null,
        beginRange: price.beginRange ?? price.startingRange ?? null,
        endRange: price.endRange ?? price.endingRange ?? null,
        description: price.description ?? null,
      };
    }
  }
}
