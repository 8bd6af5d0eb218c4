// Patterns that people write: letters mean themselves whatever their case, `*` stands for any run of characters.

/** Whether the whole text fits the pattern. Linear in the text: no pattern can be made slow. */
export function fitsGlob(pattern: string, text: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const subject = text.toLowerCase();
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return subject === first;
  if (!subject.startsWith(first) || !subject.endsWith(last)) return false;
  const end = subject.length - last.length;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = subject.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= end;
}

/** Characters of a pattern that mean themselves: a pattern without any would fit everything. */
export function literalCharacters(pattern: string): number {
  return pattern.replaceAll('*', '').trim().length;
}
