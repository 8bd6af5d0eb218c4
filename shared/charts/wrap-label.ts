// Names under the bars of a chart, in lines between their words: a word is cut only where it would run far into its neighbour.

/** Pixels of a letter at 11 pixels, on average. */
const LETTER = 5.8;
/** Letters by which a word may stand out on both sides together; the gap between two bars takes them. */
const OVERHANG = 2;

/** The name in lines of at most `width` pixels at a font of 11 pixels. */
export function wrapLabel(label: string, width: number): string {
  const most = lettersIn(width);
  const lines: string[] = [];
  for (const piece of label.split(/\s+/u).flatMap((word) => piecesOf(word, most))) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + piece.length <= most)
      lines[lines.length - 1] = `${line} ${piece}`;
    else lines.push(piece);
  }
  return lines.join('\n');
}

/** Whether lines of this width keep every word whole. */
export function keepsWords(label: string, width: number): boolean {
  return label.split(/\s+/u).every((word) => word.length <= lettersIn(width) + OVERHANG);
}

const lettersIn = (width: number): number => Math.max(3, Math.floor(width / LETTER));

function piecesOf(word: string, most: number): string[] {
  if (word.length <= most + OVERHANG) return [word];
  return Array.from({ length: Math.ceil(word.length / most) }, (_, index) =>
    word.slice(index * most, (index + 1) * most),
  );
}
