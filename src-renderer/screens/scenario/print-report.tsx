// The report on paper: put beside the app, seen by the printer only, gone when it has been printed.
import { createElement, Fragment, useEffect, useEffectEvent } from 'react';
import { createPortal } from 'react-dom';
import type { Output } from '../../../shared/contract/methods.ts';
import classes from './print-report.module.css';
import { ReportChart } from './report-chart.tsx';

type Report = Output<'scenario.report'>;
type Block = Report['blocks'][number];

/** Letters of a name that stays in one line, and of a cell that does. */
const LONGEST_WHOLE = 24;
const SHORT = 16;

type Props = {
  readonly report: Report;
  /** Called when the report stands on the page and can be printed. */
  readonly onReady: () => void;
};

export function PrintReport({ report, onReady }: Props) {
  const ready = useEffectEvent(onReady);
  useEffect(() => ready(), []);
  return createPortal(
    createElement(
      'article',
      { className: classes.report, 'aria-hidden': true },
      <h1>{report.title}</h1>,
      ...report.blocks.map(blockOf),
      <p>
        <Words text={report.source} />
      </p>,
    ),
    document.body,
  );
}

function blockOf(block: Block) {
  switch (block.kind) {
    case 'heading':
      return block.level === 2 ? (
        <h2 data-new-page={block.newPage || undefined}>{block.text}</h2>
      ) : (
        <h3>{block.text}</h3>
      );
    case 'text':
      return (
        <p>
          <Words text={block.text} />
        </p>
      );
    case 'list':
      return (
        <ul>
          {block.items.map((item) => (
            <li key={item}>
              <Words text={item} />
            </li>
          ))}
        </ul>
      );
    case 'table':
      return <TableOf {...block} />;
    case 'chart':
      return <ReportChart {...block} />;
  }
}

/** Names with hyphens, such as regions, are not taken apart at the end of a line. */
function Words({ text }: { readonly text: string }) {
  return createElement(
    Fragment,
    null,
    ...text
      .split(/(\S*\w-\w\S*)/u)
      .map((part, at) =>
        at % 2 === 1 && part.length <= LONGEST_WHOLE ? createElement('span', null, part) : part,
      ),
  );
}

/** Cells have no name but their place, and a report never changes: they are given as they stand, without keys. */
function TableOf({ header, rows, strong }: Extract<Block, { kind: 'table' }>) {
  const figures = header.map((_, column) => isFigureColumn(rows, column));
  const cellsOf = (tag: 'th' | 'td', cells: readonly string[]) =>
    cells.map((cell, column) =>
      createElement(
        tag,
        { 'data-figure': figures[column] || undefined, 'data-short': cell.length <= SHORT || undefined },
        <Words text={cell} />,
      ),
    );
  const head = header.some((cell) => cell !== '')
    ? [createElement('tr', null, ...cellsOf('th', header))]
    : [];
  const body = rows.map((row, at) =>
    createElement('tr', { 'data-strong': strong.includes(at) || undefined }, ...cellsOf('td', row)),
  );
  return createElement(
    'table',
    null,
    createElement('thead', null, ...head),
    createElement('tbody', null, ...body),
  );
}

/** Amounts and counts stand at the right, words and mixed columns at the left. */
export function isFigureColumn(rows: readonly (readonly string[])[], column: number): boolean {
  const cells = rows.map((row) => row[column] ?? '').filter((cell) => cell !== '');
  return column > 0 && cells.length > 0 && cells.every(isFigure);
}

/** A number with at most one word after it (`2.941 requests/hour`), a price with what it is paid for, a range of them, or the word that stands for none. */
function isFigure(cell: string): boolean {
  if (cell === 'no price') return true;
  return (
    /^[−+\p{Sc}\d—]/u.test(cell) && (!/[a-z]{4}/u.test(cell) || /^\S+[\s\u202f]\S+$|^\S+ \/ /u.test(cell))
  );
}
