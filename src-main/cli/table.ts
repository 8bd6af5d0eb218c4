// Text tables for the terminal: texts left, figures right, nothing truncated.

export type Cell = { readonly text: string; readonly right: boolean };

export const left = (text: string): Cell => ({ text, right: false });
export const right = (text: string): Cell => ({ text, right: true });

/** Lines of a table; a column is right-aligned where its cells are. Rows may end early. */
export function table(header: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  const widths = header.map((head, index) =>
    Math.max(...[head, ...rows.map((row) => row[index] ?? left(''))].map((cell) => displayWidth(cell.text))),
  );
  const line = (row: readonly Cell[]): string =>
    row
      .map((cell, index) => {
        const space = ' '.repeat((widths[index] ?? 0) - displayWidth(cell.text));
        return cell.right ? space + cell.text : cell.text + space;
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return `${[line(header), rule, ...rows.map(line)].join('\n')}\n`;
}

const displayWidth = (text: string): number => [...text].length;
