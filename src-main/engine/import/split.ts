// The work on every byte, in WebAssembly with SIMD: splits plain CSV text at about 1 GB/s, recognises rows by some of
// their fields, reads decimal numbers. The scanner and the readers do without where there is none.

/** `split.wat`, assembled; a test assembles it again and compares. */
export const SPLIT_BINARY =
  'AGFzbQEAAAABSAtgAn97AX5gAX4BfmAFf39/f38Bf2AEf39/fwBgAX8Bf2ACfn8BfmACfn4BfmADf39/AX9gAn9/AX9gBH9/f38B' +
  'f2ACf38BfAMREAABAgMEBAUGBwgICAkECgcFBgEBugW6BQZCCX8AQYCAhAkLfwBBgMCECQt/AEGAgIUJC38AQYDAhQkLfwBBgNGG' +
  'CQt/AEGAgIgJC38AQYCABAt/AUEAC34BQgALBzkGBm1lbW9yeQIABXNwbGl0AAIGZmllbGRzAAMGcmVjYWxsAAwIcmVtZW1iZXIA' +
  'DQdudW1iZXJzAA8KxA4QQgAgAP0ABAAgAf0j/WStIAD9AAQQIAH9I/1krUIQhoQgAP0ABCAgAf0j/WStQiCGIAD9AAQwIAH9I/1k' +
  'rUIwhoSECzwAIAAgAEIBhoUhACAAIABCAoaFIQAgACAAQgSGhSEAIAAgAEIIhoUhACAAIABCEIaFIQAgACAAQiCGhQv/AgQKfgR/' +
  'AX4BeyAC/Q8hFCADIQ8gAyEQQgEhDQJAA0AgACABTg0BIAD9DCIiIiIiIiIiIiIiIiIiIiIQACEFIAD9DAoKCgoKCgoKCgoKCgoK' +
  'CgoQACEGIAYgACAUEACEIQkgASAAayESIBJBwABIBEBCASASrYZCAX0hCyAFIAuDIQUgBiALgyEGIAkgC4MhCQVCfyELCyAJIAWE' +
  'IQggDCEHIAUgDoRCAFIEQCAFEAEgDIUhB0IAIAUgB4NCfyAIQgGGIA2EhYNSDQJCACAOIAhCf4WDUg0CIAUgB0J/hYMhCkIAIAog' +
  'C0IBiINCfyAIQgGIhYNSDQIgCkI/iCEOIAdCP4chDAtCACAGIAeDUg0BIAhCP4ghDSAJIAdCf4WDIQkCQANAIAlQDQEgCXohEyAP' +
  'IAAgE6dqNgIAIA9BBGohDyAEIBFBAnRqIA8gEGtBAnY2AgAgESAGIBOIp0EBcWohESAJIAlCAX2DIQkMAAsLIABBwABqIQAMAAsL' +
  'IBEL6wEBBn8CQANAIAQgA04NASMAIARBAnRqKAIAIQUCQCAFIAJODQAgACAFQQJ0aiEIIAgoAgAhByABIQYgBQRAIAhBBGsoAgBB' +
  'AWohBgtBACEJIAcgBkoEQCAGLQAAQSJGBEAgBkEBaiEGIAdBAWshByAGIQgCQANAIAggB04NASAILQAAQSJGBEBBASEJDAILIAhB' +
  'AWohCAwACwsFIAVBAWogAkYgB0EBay0AAEENRnEEQCAHQQFrIQcLCwsjASAEQQJ0aiAGNgIAIwIgBEECdGogBzYCACMDIARqIAk6' +
  'AAALIARBAWohBAwACwsLDQAjASAAQQJ0aigCAAsNACMCIABBAnRqKAIACxEAIABCASABQQN0rYZCAX2DCxYAIABCBYkgAYVClfip' +
  '+pe33puef34L+QEDBH8CfgF/QQAkByMFIwZqIQkjBUEIaiEGIwUgAq03AwBCACACrRAHIQggACABQQJ0aiEBAkADQCAAIAFPDQEg' +
  'ACgCABAEIQMgACgCABAFIQQgBCADayEFIAYgBWpBEGogCU8EQEEADwsgAykDACEHIAVBBkkEQCAHIAUQBiEHCyAHQhCGIAWthCEH' +
  'IANBBmohAwNAIAYgBzcDACAGQQhqIQYgCCAHEAchCCADIARIBEAgAykDACEHIAQgA2shBSAFQQhJBEAgByAFEAYhBwsgA0EIaiED' +
  'DAELCyAAQQRqIQAMAAsLIAYjBWskByAIIAhCIIiFJAhBAQsPACAAIAFBAnRqKALAgCALDwAgACABQf//A3FBAnRqC3kBA38gACAB' +
  'QQN0aikDwIAQIwhSBEBBAA8LIAAgARAJIQIgACABQQFqEAkgAmsjB0cEQEEADwsgAEGAgShqIAJqIQIjBSEDIAMjB2ohBANAIAIp' +
  'AwAgAykDAFIEQEEADwsgAkEIaiECIANBCGohAyADIARJDQALQQELTAECfyABIAIgAxAIRQRAQX8PCyMIpyEEAkADQCAAIAQQCigC' +
  'QCEFIAVFDQEgBUEBayEFIAAgBRALBEAgBQ8LIARBAWohBAwACwtBfwvOAQEGfyAAKAIAIQEgACgCBCECIwdFIAFBgIACTyACIwdq' +
  'QYCAgAZLcnIEQEF/DwsjCKchAwJAA0AgACADEAooAkBFDQEgA0EBaiEDDAALCyAAIAMQCiABQQFqNgJAIAAgAUEDdGojCDcDwIAQ' +
  'IwUhBCAEIwdqIQYgAEGAgShqIAJqIQUDQCAFIAQpAwA3AwAgBUEIaiEFIARBCGohBCAEIAZJDQALIAIjB2ohAiAAIAFBAWo2AgAg' +
  'ACACNgIEIAAgAUECdGogAjYCxIAgIAEL4wEEAX8BfgV/AXwgAC0AACECIAJBLUYhCCAIIAJBK0ZyBEAgAEEBaiEACwJAA0AgACAB' +
  'Tg0BIAAtAABBMGshAiACQQpJBEBBASEFIANCCn4gAq18IQMgBCAEIAJyQQBHaiEEIAYgB2ohBgUgAkF+RyAHcgRARAAAAAAAAPh/' +
  'DwtBASEHCyAAQQFqIQAMAAsLIAVFBEBEAAAAAAAA+H8PCyAERQRARAAAAAAAAAAADwsgBEEPSiAGQRZKcgRARAAAAAAAAPh/Dwsg' +
  'A7kjBCAGQQN0aisDAKMhCSAIBHwgCZoFIAkLC3gDA38BfAF/AkADQCADIAFODQEgACADQQJ0aigCABAEIQQgACADQQJ0aigCABAF' +
  'IQVEAAAAAAAA+H8hBiAEIAVIBEAgBCAFEA4hBiAGIAZiBEAgB0EBIAN0ciEHCwsgAiADQQN0aiAGOQMAIANBAWohAwwACwsgBws=';

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
const POWERS_AT = NUMBER_ORDER_AT + 8 * MOST_NUMBERS;
const POWERS = 23;
const NUMBERS_AT = POWERS_AT + 8 * POWERS + 8;

const ROW_AREAS_AT = [19_136_512, 32_440_320] as const;
const ROW_AREA_HEAD_BYTES = 262_208;

/** Most rows one memory of rows holds. */
export const MOST_ROWS = 32_768;

/** Recognises rows by the bytes of some of their fields and a number beside them. */
export type Rows = {
  /** Number of the remembered row that equals the current one; −1 for none. */
  recall(seed: number): number;
  /** Remembers the row that `recall` has just not found; its number, the first is 0; −1 when it does not fit. */
  remember(): number;
};

export type Numbers = {
  /** What the last `read` found; NaN where the field is blank or needs a closer look. */
  readonly values: Float64Array;
  /** Reads the fields of the current record. A bit for each that needs a closer look. */
  read(): number;
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
  /** Finds the fields of a record of `width` fields that starts at `from` and whose positions start with `first`. */
  fields(first: number, from: number, width: number, slots: number): void;
  /** One of the two memories of rows, emptied, for the fields in these slots. */
  rows(which: 0 | 1, slots: readonly number[]): Rows;
  /** Reads the fields in these slots as numbers; null for more than it can hold. */
  numbers(slots: readonly number[]): Numbers | null;
};

type Exports = {
  readonly memory: { readonly buffer: ArrayBuffer };
  split(from: number, to: number, delimiter: number, positions: number, ends: number): number;
  fields(first: number, from: number, width: number, slots: number): void;
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
    fields: (first, from, width, slots) => exports.fields(POSITIONS_AT + 4 * first, from, width, slots),
    rows: (which, slots) => createRows(exports, which, slots),
    numbers: (slots) => createNumbers(exports, slots),
  };
}

function createRows(exports: Exports, which: 0 | 1, slots: readonly number[]): Rows {
  const area = ROW_AREAS_AT[which];
  const order = ROW_ORDERS_AT[which];
  const { buffer } = exports.memory;
  new Uint8Array(buffer, area, ROW_AREA_HEAD_BYTES).fill(0);
  new Int32Array(buffer, order, slots.length).set(slots);
  const count = slots.length;
  return {
    recall: (seed) => exports.recall(area, order, count, seed),
    remember: () => exports.remember(area),
  };
}

function createNumbers(exports: Exports, slots: readonly number[]): Numbers | null {
  if (slots.length > MOST_NUMBERS) return null;
  const { buffer } = exports.memory;
  new Int32Array(buffer, NUMBER_ORDER_AT, slots.length).set(slots);
  const count = slots.length;
  return {
    values: new Float64Array(buffer, NUMBERS_AT, count),
    read: () => exports.numbers(NUMBER_ORDER_AT, count, NUMBERS_AT),
  };
}
