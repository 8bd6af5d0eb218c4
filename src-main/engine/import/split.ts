// The work on every byte, in WebAssembly with SIMD: splits plain CSV text at about 1 GB/s, recognises rows by some of
// their fields, reads decimal numbers. The scanner and the readers do without where there is none.

/** `split.wat`, assembled; a test assembles it again and compares. */
export const SPLIT_BINARY =
  'AGFzbQEAAAABSQtgAn97AX5gAX4BfmAFf39/f38Bf2AFf39/f38AYAF/AX9gAn5/AX5gAn5+AX5gA39/fwF/YAJ/fwF/YAR/f39/AX9gAn9/AX' +
  'wDERAAAQIDBAQFBgcICAgJBAoHBQYBAboFugUGQgl/AEGAgIQJC38AQYDAhAkLfwBBgICFCQt/AEGAwIUJC38AQYDRhgkLfwBBgICICQt/AEGA' +
  'gAQLfwFBAAt+AUIACwc5BgZtZW1vcnkCAAVzcGxpdAACBmZpZWxkcwADBnJlY2FsbAAMCHJlbWVtYmVyAA0HbnVtYmVycwAPCsQOEEIAIAD9AA' +
  'QAIAH9I/1krSAA/QAEECAB/SP9ZK1CEIaEIAD9AAQgIAH9I/1krUIghiAA/QAEMCAB/SP9ZK1CMIaEhAs8ACAAIABCAYaFIQAgACAAQgKGhSEA' +
  'IAAgAEIEhoUhACAAIABCCIaFIQAgACAAQhCGhSEAIAAgAEIghoUL/wIECn4EfwF+AXsgAv0PIRQgAyEPIAMhEEIBIQ0CQANAIAAgAU4NASAA/Q' +
  'wiIiIiIiIiIiIiIiIiIiIiEAAhBSAA/QwKCgoKCgoKCgoKCgoKCgoKEAAhBiAGIAAgFBAAhCEJIAEgAGshEiASQcAASARAQgEgEq2GQgF9IQsg' +
  'BSALgyEFIAYgC4MhBiAJIAuDIQkFQn8hCwsgCSAFhCEIIAwhByAFIA6EQgBSBEAgBRABIAyFIQdCACAFIAeDQn8gCEIBhiANhIWDUg0CQgAgDi' +
  'AIQn+Fg1INAiAFIAdCf4WDIQpCACAKIAtCAYiDQn8gCEIBiIWDUg0CIApCP4ghDiAHQj+HIQwLQgAgBiAHg1INASAIQj+IIQ0gCSAHQn+FgyEJ' +
  'AkADQCAJUA0BIAl6IRMgDyAAIBOnajYCACAPQQRqIQ8gBCARQQJ0aiAPIBBrQQJ2NgIAIBEgBiATiKdBAXFqIREgCSAJQgF9gyEJDAALCyAAQc' +
  'AAaiEADAALCyARC+sBAQV/AkADQCADIARODQEjACADQQJ0aigCACEFAkAgBSACTg0AIAAgBUECdGohCCAIKAIAIQcgASEGIAUEQCAIQQRrKAIA' +
  'QQFqIQYLQQAhCSAHIAZKBEAgBi0AAEEiRgRAIAZBAWohBiAHQQFrIQcgBiEIAkADQCAIIAdODQEgCC0AAEEiRgRAQQEhCQwCCyAIQQFqIQgMAA' +
  'sLBSAFQQFqIAJGIAdBAWstAABBDUZxBEAgB0EBayEHCwsLIwEgA0ECdGogBjYCACMCIANBAnRqIAc2AgAjAyADaiAJOgAACyADQQFqIQMMAAsL' +
  'Cw0AIwEgAEECdGooAgALDQAjAiAAQQJ0aigCAAsRACAAQgEgAUEDdK2GQgF9gwsWACAAQgWJIAGFQpX4qfqXt96bnn9+C/kBAwR/An4Bf0EAJA' +
  'cjBSMGaiEJIwVBCGohBiMFIAKtNwMAQgAgAq0QByEIIAAgAUECdGohAQJAA0AgACABTw0BIAAoAgAQBCEDIAAoAgAQBSEEIAQgA2shBSAGIAVq' +
  'QRBqIAlPBEBBAA8LIAMpAwAhByAFQQZJBEAgByAFEAYhBwsgB0IQhiAFrYQhByADQQZqIQMDQCAGIAc3AwAgBkEIaiEGIAggBxAHIQggAyAESA' +
  'RAIAMpAwAhByAEIANrIQUgBUEISQRAIAcgBRAGIQcLIANBCGohAwwBCwsgAEEEaiEADAALCyAGIwVrJAcgCCAIQiCIhSQIQQELDwAgACABQQJ0' +
  'aigCwIAgCw8AIAAgAUH//wNxQQJ0agt5AQN/IAAgAUEDdGopA8CAECMIUgRAQQAPCyAAIAEQCSECIAAgAUEBahAJIAJrIwdHBEBBAA8LIABBgI' +
  'EoaiACaiECIwUhAyADIwdqIQQDQCACKQMAIAMpAwBSBEBBAA8LIAJBCGohAiADQQhqIQMgAyAESQ0AC0EBC0wBAn8gASACIAMQCEUEQEF/Dwsj' +
  'CKchBAJAA0AgACAEEAooAkAhBSAFRQ0BIAVBAWshBSAAIAUQCwRAIAUPCyAEQQFqIQQMAAsLQX8LzgEBBn8gACgCACEBIAAoAgQhAiMHRSABQY' +
  'CAAk8gAiMHakGAgIAGS3JyBEBBfw8LIwinIQMCQANAIAAgAxAKKAJARQ0BIANBAWohAwwACwsgACADEAogAUEBajYCQCAAIAFBA3RqIwg3A8CA' +
  'ECMFIQQgBCMHaiEGIABBgIEoaiACaiEFA0AgBSAEKQMANwMAIAVBCGohBSAEQQhqIQQgBCAGSQ0ACyACIwdqIQIgACABQQFqNgIAIAAgAjYCBC' +
  'AAIAFBAnRqIAI2AsSAICABC+MBBAF/AX4FfwF8IAAtAAAhAiACQS1GIQggCCACQStGcgRAIABBAWohAAsCQANAIAAgAU4NASAALQAAQTBrIQIg' +
  'AkEKSQRAQQEhBSADQgp+IAKtfCEDIAQgBCACckEAR2ohBCAGIAdqIQYFIAJBfkcgB3IEQEQAAAAAAAD4fw8LQQEhBwsgAEEBaiEADAALCyAFRQ' +
  'RARAAAAAAAAPh/DwsgBEUEQEQAAAAAAAAAAA8LIARBD0ogBkEWSnIEQEQAAAAAAAD4fw8LIAO5IwQgBkEDdGorAwCjIQkgCAR8IAmaBSAJCwt4' +
  'AwN/AXwBfwJAA0AgAyABTg0BIAAgA0ECdGooAgAQBCEEIAAgA0ECdGooAgAQBSEFRAAAAAAAAPh/IQYgBCAFSARAIAQgBRAOIQYgBiAGYgRAIA' +
  'dBASADdHIhBwsLIAIgA0EDdGogBjkDACADQQFqIQMMAAsLIAcL';

/** Text that fits beside its positions in the module's memory. */
const TEXT_BYTES = 2 * 1024 * 1024;
const POSITIONS_AT = TEXT_BYTES;
const ENDS_AT = POSITIONS_AT + 4 * TEXT_BYTES;

/** Slots that fit: more than the columns a file may have. */
const SLOTS = 2048;
const COLUMN_OF_AT = 289 * 65_536;
const STARTS_AT = COLUMN_OF_AT + 4 * SLOTS;
const STOPS_AT = STARTS_AT + 4 * SLOTS;
const ESCAPED_AT = STOPS_AT + 4 * SLOTS;
const ROW_ORDERS_AT = [ESCAPED_AT + SLOTS, ESCAPED_AT + 5 * SLOTS] as const;
const NUMBER_ORDER_AT = ESCAPED_AT + 9 * SLOTS;
const MOST_NUMBERS = 16;
/** Beyond the columns that a file may have: its field is always blank. */
const BLANK_SLOT = SLOTS - 1;
const POWERS_AT = NUMBER_ORDER_AT + 8 * MOST_NUMBERS;
const POWERS = 23;
const NUMBERS_AT = POWERS_AT + 8 * POWERS + 8;

const ROW_AREAS_AT = [19_136_512, 32_440_320] as const;
const ROW_AREA_HEAD_BYTES = 262_208;

/** Most rows one memory of rows holds. */
export const MOST_ROWS = 32_768;

/** A memory of rows, and the fields that they are recognised by; where both lie. */
export type Rows = { readonly area: number; readonly order: number; readonly count: number };

/** Fields that are read as numbers; where they lie, and what the last reading found: NaN for blank, or a closer look. */
export type Numbers = {
  readonly values: Float64Array;
  readonly order: number;
  readonly count: number;
  readonly to: number;
};

export type Splitter = {
  /** The text goes here. */
  readonly text: Buffer;
  /** Where delimiters and line ends stand, in order. */
  readonly positions: Int32Array;
  /** Per record: how many of the positions there were after its line end. */
  readonly ends: Int32Array;
  /** Bounds of the current record's fields by slot, and whether they hold quotes to undo. */
  readonly starts: Int32Array;
  readonly stops: Int32Array;
  readonly escaped: Uint8Array;
  /**
   * Splits the text between the offsets, at the first of which a record starts. Returns the number of records found:
   * those before the first one whose quoting needs a closer look, whose line does not end, or that has several lines.
   */
  split(from: number, to: number, delimiter: number): number;
  /** Which columns `fields` looks at, by slot. */
  lookAt(columnOf: Int16Array): void;
  /**
   * Finds the fields in the slots from `slot` up to `slots` of a record of `width` fields that starts at `from` and whose
   * positions start with `first`.
   */
  fields(first: number, from: number, width: number, slot: number, slots: number): void;
  /** One of the two memories of rows, emptied, for the fields in these slots. */
  rows(which: 0 | 1, slots: readonly number[]): Rows;
  /** Number of the remembered row whose fields and number beside them equal the current record's; −1 for none. */
  recall(rows: Rows, seed: number): number;
  /** Remembers the row that `recall` has just not found; its number, the first is 0; −1 when it does not fit. */
  remember(rows: Rows): number;
  /** Reads the fields in these slots, negative ones always blank, as numbers: one of two sets. Null for more than it can hold. */
  numbers(which: 0 | 1, slots: readonly number[]): Numbers | null;
  /** Reads the fields of the current record. A bit for each that needs a closer look. */
  readNumbers(numbers: Numbers): number;
};

type Exports = {
  readonly memory: { readonly buffer: ArrayBuffer };
  split(from: number, to: number, delimiter: number, positions: number, ends: number): number;
  fields(first: number, from: number, width: number, slot: number, slots: number): void;
  recall(area: number, order: number, count: number, seed: number): number;
  remember(area: number): number;
  numbers(order: number, count: number, to: number): number;
};

type WebAssemblyPart = {
  validate(binary: Uint8Array): boolean;
  readonly Module: new (binary: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Exports };
};

/** Typed here: TypeScript knows it only together with the whole DOM. */
const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyPart };

/** Null where the platform has no WebAssembly SIMD. One serves one scanner at a time. */
export function createSplitter(): Splitter | null {
  const binary = Buffer.from(SPLIT_BINARY, 'base64');
  if (!WebAssembly.validate(binary)) return null;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary));
  const { buffer } = exports.memory;
  const columns = new Int32Array(buffer, COLUMN_OF_AT, SLOTS);
  new Float64Array(buffer, POWERS_AT, POWERS).set(
    Array.from({ length: POWERS }, (_, exponent) => Number(`1e${exponent}`)),
  );
  return {
    text: Buffer.from(buffer, 0, TEXT_BYTES),
    positions: new Int32Array(buffer, POSITIONS_AT, TEXT_BYTES),
    ends: new Int32Array(buffer, ENDS_AT, TEXT_BYTES),
    starts: new Int32Array(buffer, STARTS_AT, SLOTS),
    stops: new Int32Array(buffer, STOPS_AT, SLOTS),
    escaped: new Uint8Array(buffer, ESCAPED_AT, SLOTS),
    split: (from, to, delimiter) => exports.split(from, to, delimiter, POSITIONS_AT, ENDS_AT),
    lookAt: (columnOf) => columns.set(columnOf),
    fields: (first, from, width, slot, slots) =>
      exports.fields(POSITIONS_AT + 4 * first, from, width, slot, slots),
    rows: (which, slots) => createRows(exports, which, slots),
    recall: ({ area, order, count }, seed) => exports.recall(area, order, count, seed),
    remember: ({ area }) => exports.remember(area),
    numbers: (which, slots) => createNumbers(exports, which, slots),
    readNumbers: ({ order, count, to }) => exports.numbers(order, count, to),
  };
}

function createRows(exports: Exports, which: 0 | 1, slots: readonly number[]): Rows {
  const area = ROW_AREAS_AT[which];
  const order = ROW_ORDERS_AT[which];
  const { buffer } = exports.memory;
  new Uint8Array(buffer, area, ROW_AREA_HEAD_BYTES).fill(0);
  new Int32Array(buffer, order, slots.length).set(slots);
  return { area, order, count: slots.length };
}

function createNumbers(exports: Exports, which: 0 | 1, slots: readonly number[]): Numbers | null {
  if (slots.length > MOST_NUMBERS) return null;
  const { buffer } = exports.memory;
  const order = NUMBER_ORDER_AT + 4 * MOST_NUMBERS * which;
  const count = slots.length;
  new Int32Array(buffer, order, count).set(slots.map((slot) => (slot < 0 ? BLANK_SLOT : slot)));
  const to = NUMBERS_AT + 8 * MOST_NUMBERS * which;
  return { values: new Float64Array(buffer, to, count), order, count, to };
}
