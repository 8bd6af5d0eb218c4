// Splits plain CSV text into fields at about 1 GB/s with WebAssembly SIMD; the scanner does without where there is none.

/** `split.wat`, assembled; a test assembles it again and compares. */
export const SPLIT_BINARY =
  'AGFzbQEAAAABFQNgAn97AX5gAX4BfmAFf39/f38BfwMEAwABAgUGAQGhAqECBxICBm1lbW9yeQIABXNwbGl0AAIKggQDQgAgAP0A' +
  'BAAgAf0j/WStIAD9AAQQIAH9I/1krUIQhoQgAP0ABCAgAf0j/WStQiCGIAD9AAQwIAH9I/1krUIwhoSECzwAIAAgAEIBhoUhACAA' +
  'IABCAoaFIQAgACAAQgSGhSEAIAAgAEIIhoUhACAAIABCEIaFIQAgACAAQiCGhQv/AgQKfgR/AX4BeyAC/Q8hFCADIQ8gAyEQQgEh' +
  'DQJAA0AgACABTg0BIAD9DCIiIiIiIiIiIiIiIiIiIiIQACEFIAD9DAoKCgoKCgoKCgoKCgoKCgoQACEGIAYgACAUEACEIQkgASAA' +
  'ayESIBJBwABIBEBCASASrYZCAX0hCyAFIAuDIQUgBiALgyEGIAkgC4MhCQVCfyELCyAJIAWEIQggDCEHIAUgDoRCAFIEQCAFEAEg' +
  'DIUhB0IAIAUgB4NCfyAIQgGGIA2EhYNSDQJCACAOIAhCf4WDUg0CIAUgB0J/hYMhCkIAIAogC0IBiINCfyAIQgGIhYNSDQIgCkI/' +
  'iCEOIAdCP4chDAtCACAGIAeDUg0BIAhCP4ghDSAJIAdCf4WDIQkCQANAIAlQDQEgCXohEyAPIAAgE6dqNgIAIA9BBGohDyAEIBFB' +
  'AnRqIA8gEGtBAnY2AgAgESAGIBOIp0EBcWohESAJIAlCAX2DIQkMAAsLIABBwABqIQAMAAsLIBEL';

/** Text that fits beside its positions in the module's memory. */
const TEXT_BYTES = 2 * 1024 * 1024;
const POSITIONS_AT = TEXT_BYTES;
const ENDS_AT = POSITIONS_AT + 4 * TEXT_BYTES;

export type Splitter = {
  /** The text goes here. */
  readonly text: Buffer;
  /** Where delimiters and line ends stand, in order. */
  readonly positions: Int32Array;
  /** Per record: how many of the positions there were after its line end. */
  readonly ends: Int32Array;
  /**
   * Splits the text between the offsets, at the first of which a record starts. Returns the number of records found:
   * those before the first one whose quoting needs a closer look, whose line does not end, or that has several lines.
   */
  split(from: number, to: number, delimiter: number): number;
};

type WebAssemblyPart = {
  validate(binary: Uint8Array): boolean;
  readonly Module: new (binary: Uint8Array) => object;
  readonly Instance: new (
    module: object,
  ) => {
    readonly exports: {
      readonly memory: { readonly buffer: ArrayBuffer };
      readonly split: (
        from: number,
        to: number,
        delimiter: number,
        positions: number,
        ends: number,
      ) => number;
    };
  };
};

/** Typed here: TypeScript knows it only together with the whole DOM. */
const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyPart };

/** Null where the platform has no WebAssembly SIMD. One serves one scanner at a time. */
export function createSplitter(): Splitter | null {
  const binary = Buffer.from(SPLIT_BINARY, 'base64');
  if (!WebAssembly.validate(binary)) return null;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary));
  const { buffer } = exports.memory;
  return {
    text: Buffer.from(buffer, 0, TEXT_BYTES),
    positions: new Int32Array(buffer, POSITIONS_AT, TEXT_BYTES),
    ends: new Int32Array(buffer, ENDS_AT, TEXT_BYTES),
    split: (from, to, delimiter) => exports.split(from, to, delimiter, POSITIONS_AT, ENDS_AT),
  };
}
