// A report as Markdown: text of a bill or of a person never becomes markup.
import type { Report, ReportBlock } from '../../../shared/contract/report.ts';

/** The report as a page of Markdown with one blank line between its blocks. */
export function reportMarkdown({ title, source, blocks }: Report): string {
  const parts = [`# ${plain(title)}`, ...blocks.flatMap(markdownOf), plain(source)];
  return `${parts.join('\n\n')}\n`;
}

function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|#]/gu, '\\$&').replaceAll(/\s+/gu, ' ');
}

function markdownOf(block: ReportBlock): string[] {
  switch (block.kind) {
    case 'heading':
      return [`${'#'.repeat(block.level)} ${plain(block.text)}`];
    case 'text':
      return [plain(block.text)];
    case 'list':
      return [block.items.map((item) => `- ${plain(item)}`).join('\n')];
    case 'table':
      return [tableOf(block)];
    case 'chart':
      // The table beside it has its figures.
      return [];
  }
}

function tableOf({ header, rows, strong }: Extract<ReportBlock, { kind: 'table' }>): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const written = (cell: string, index: number): string =>
    strong.includes(index) && cell !== '' ? `**${plain(cell)}**` : plain(cell);
  return [
    line(header.map(plain)),
    line(header.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...rows.map((row, index) => line(row.map((cell) => written(cell, index)))),
  ].join('\n');
}
