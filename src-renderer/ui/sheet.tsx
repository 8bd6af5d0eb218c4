// A small spreadsheet of texts: one cell is edited at a time, everything by keyboard, with faults marked where they are.
//
// label      what the rows are, for people who cannot see it
// columns    id, header, width; `suggestions` are offered while a cell is edited, and never forced
// rows       cells by column id; `key` keeps a row's identity while rows come and go
// faultOf    why a cell cannot stay as it is; null = it can. Column null asks for the whole row
// onEdit     a cell was given another text; onPaste: a block of texts, from a cell on down and right
// takesFocus the sheet was asked for by a person, who goes on in it as soon as it stands
// onClear    Delete on a cell; onAdd: a row below this one; onRemove: this row
//
// Keys: arrows, Home/End, Page Up/Down move; Enter, F2 or typing edits; Enter and Tab keep, Escape leaves as it was;
// Delete clears; Ctrl+Enter adds a row below; Ctrl+Backspace removes the row; Ctrl+C and Ctrl+V copy and paste cells.
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import classes from './grid.module.css';
import { move, type Position } from './grid-keys.ts';
import { cellId } from './grid-rows.tsx';
import own from './sheet.module.css';
import { ROW_HEIGHT } from './use-grid-keys.ts';

export type SheetColumn = {
  readonly id: string;
  readonly header: string;
  readonly width: number;
  readonly grow?: number;
  readonly isNumber?: boolean;
  readonly suggestions?: readonly string[];
  readonly hint?: string;
};

export type SheetRow = { readonly key: string; readonly cells: Readonly<Record<string, string>> };

type Props = {
  readonly label: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly SheetRow[];
  readonly faultOf: (row: number, column: string | null) => string | null;
  readonly onEdit: (row: number, column: string, text: string) => void;
  readonly onPaste: (row: number, column: string, block: readonly (readonly string[])[]) => void;
  readonly onClear: (row: number, column: string) => void;
  readonly onAdd: (after: number) => void;
  readonly onRemove: (row: number) => void;
  readonly takesFocus: boolean;
};

/** The cell being edited, with the text it was opened with: its own, or the first letter typed over it. */
type Editing = { readonly row: number; readonly column: number; readonly text: string };

const NUMBER_WIDTH = 36;

export function Sheet(props: Props) {
  const { label, columns, rows } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollPaddingStart: ROW_HEIGHT,
  });
  const { takesFocus } = props;
  useEffect(() => {
    if (takesFocus) scroller.current?.focus();
  }, [takesFocus]);
  const keys = useSheetKeys(props, scroller, (row) => virtualizer.scrollToIndex(row));
  const { at, editing } = keys;
  const template = `${NUMBER_WIDTH}px ${columns
    .map(({ width, grow = 0 }) => (grow === 0 ? `${width}px` : `minmax(${width}px, ${grow}fr)`))
    .join(' ')}`;
  const width = columns.reduce((sum, column) => sum + column.width, NUMBER_WIDTH);
  return (
    <div
      ref={scroller}
      className={`${classes.grid} ${own.sheet}`}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + 1}
      aria-activedescendant={rows.length === 0 ? undefined : cellId(id, at.row, at.column)}
      tabIndex={0}
      onKeyDown={keys.onKeyDown}
      onPaste={keys.onPaste}
      onCopy={keys.onCopy}
    >
      <div className={classes.inner} style={{ minWidth: width }}>
        <SheetHeader columns={columns} template={template} />
        <div className={classes.rows} role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => (
            <Row
              key={rows[index]?.key ?? index}
              {...{ props, index, start, template, at, gridId: id }}
              editing={editing?.row === index ? editing : null}
              onAt={keys.setAt}
              onOpen={keys.open}
              onKeep={keys.keep}
              onLeave={keys.leave}
            />
          ))}
        </div>
      </div>
      {columns.map(({ id: column, suggestions }) =>
        suggestions === undefined ? null : (
          <datalist key={column} id={`${id}-${column}`}>
            {suggestions.map((text) => (
              <option key={text} value={text} />
            ))}
          </datalist>
        ),
      )}
    </div>
  );
}

function SheetHeader({ columns, template }: Pick<Props, 'columns'> & { readonly template: string }) {
  return (
    <div role="row" aria-rowindex={1} className={classes.header} style={{ gridTemplateColumns: template }}>
      <div role="columnheader" aria-colindex={1} className={`${classes.headerCell} ${classes.number}`}>
        #
      </div>
      {columns.map(({ id, header, hint, isNumber }, index) => (
        <div
          key={id}
          role="columnheader"
          aria-colindex={index + 2}
          title={hint ?? header}
          className={`${classes.headerCell} ${isNumber === true ? classes.number : ''}`}
        >
          <span className={classes.headerName}>{header}</span>
        </div>
      ))}
    </div>
  );
}

type Keep = (text: string, then: 'down' | 'right' | 'left' | 'stay') => void;

type RowProps = {
  readonly props: Props;
  readonly index: number;
  readonly start: number;
  readonly template: string;
  readonly at: Position;
  readonly gridId: string;
  readonly editing: Editing | null;
  readonly onAt: (position: Position) => void;
  readonly onOpen: (row: number, column: number) => void;
  readonly onKeep: Keep;
  readonly onLeave: () => void;
};

function Row({
  props,
  index,
  start,
  template,
  at,
  gridId,
  editing,
  onAt,
  onOpen,
  onKeep,
  onLeave,
}: RowProps) {
  const { columns, rows, faultOf } = props;
  const row = rows[index];
  if (row === undefined) return null;
  const rowFault = faultOf(index, null);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes.row}
      style={{ transform: `translateY(${start}px)`, gridTemplateColumns: template }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        className={`${classes.cell} ${classes.number} ${own.head}`}
        data-fault={rowFault !== null || undefined}
        title={rowFault ?? undefined}
      >
        {index + 1}
        {rowFault !== null && <span className={own.hidden}>: {rowFault}</span>}
      </div>
      {columns.map(({ id, isNumber, header, suggestions }, column) => {
        const fault = faultOf(index, id);
        const isEdited = editing?.column === column;
        return (
          <div
            key={id}
            id={cellId(gridId, index, column)}
            role="gridcell"
            aria-colindex={column + 2}
            aria-invalid={fault !== null || undefined}
            className={`${classes.cell} ${isNumber === true ? classes.number : ''} ${own.cell}`}
            data-at={(index === at.row && column === at.column) || undefined}
            data-fault={fault !== null || undefined}
            title={fault === null ? row.cells[id] : `${row.cells[id]} ${fault}`}
            onMouseDown={() => onAt({ row: index, column, anchor: index })}
            onDoubleClick={() => onOpen(index, column)}
          >
            {isEdited ? (
              <CellInput
                label={`${header}, row ${index + 1}`}
                text={editing?.text ?? ''}
                list={suggestions === undefined ? undefined : `${gridId}-${id}`}
                onKeep={onKeep}
                onLeave={onLeave}
              />
            ) : (
              row.cells[id]
            )}
          </div>
        );
      })}
    </div>
  );
}

type InputProps = {
  readonly label: string;
  readonly text: string;
  readonly list: string | undefined;
  readonly onKeep: Keep;
  readonly onLeave: () => void;
};

function CellInput({ label, text, list, onKeep, onLeave }: InputProps) {
  const [typed, setTyped] = useState(text);
  const isDone = useRef(false);
  const keep = (then: Parameters<Keep>[1]): void => {
    if (isDone.current) return;
    isDone.current = true;
    onKeep(typed, then);
  };
  return (
    <input
      // The person asked for this cell by a key or a double click.
      ref={(input) => input?.focus()}
      className={own.input}
      aria-label={label}
      list={list}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={() => keep('stay')}
      onKeyDown={(event) => {
        const then =
          event.key === 'Enter' ? 'down' : event.key === 'Tab' ? (event.shiftKey ? 'left' : 'right') : null;
        if (event.key === 'Escape') {
          isDone.current = true;
          onLeave();
        } else if (then !== null) keep(then);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}

/** Where the keyboard is, which cell is edited, and what keys and the clipboard do. */
function useSheetKeys(
  { columns, rows, onEdit, onPaste, onClear, onAdd, onRemove }: Props,
  scroller: RefObject<HTMLDivElement | null>,
  scrollTo: (row: number) => void,
) {
  const [position, setAt] = useState<Position>({ row: 0, column: 0, anchor: 0 });
  const [editing, setEditing] = useState<Editing | null>(null);
  const at = { ...position, row: Math.min(position.row, Math.max(0, rows.length - 1)) };
  const column = columns[at.column]?.id ?? '';
  const textAt = rows[at.row]?.cells[column] ?? '';

  const go = (row: number, to: number): void => {
    const next = Math.min(Math.max(row, 0), Math.max(0, rows.length - 1));
    setAt({ row: next, column: Math.min(Math.max(to, 0), columns.length - 1), anchor: next });
    scrollTo(next);
  };
  const open = (row: number, to: number, text = rows[row]?.cells[columns[to]?.id ?? ''] ?? ''): void => {
    if (rows[row] === undefined) return;
    setAt({ row, column: to, anchor: row });
    setEditing({ row, column: to, text });
  };
  const keep: Keep = (text, then) => {
    if (editing === null) return;
    const edited = columns[editing.column]?.id ?? '';
    if (text !== (rows[editing.row]?.cells[edited] ?? '')) onEdit(editing.row, edited, text);
    setEditing(null);
    if (then === 'stay') return;
    const sideways = then === 'right' ? 1 : then === 'left' ? -1 : 0;
    go(editing.row + (then === 'down' ? 1 : 0), editing.column + sideways);
    scroller.current?.focus();
  };
  const leave = (): void => {
    setEditing(null);
    scroller.current?.focus();
  };
  /** What a key with Ctrl does; false = nothing. */
  const command = (key: string): boolean => {
    if (key === 'Enter') {
      onAdd(at.row);
      setAt({ row: at.row + 1, column: 0, anchor: at.row + 1 });
      return true;
    }
    if (key !== 'Backspace' && key !== 'Delete') return false;
    if (rows.length > 0) onRemove(at.row);
    return true;
  };
  const plain = (key: string): boolean => {
    if (key === 'Enter' || key === 'F2') open(at.row, at.column);
    else if (key === 'Delete' || key === 'Backspace') onClear(at.row, column);
    else if (key.length === 1) open(at.row, at.column, key);
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.altKey) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 300) / ROW_HEIGHT) - 2);
    const next = move(at, event, { rows: rows.length, columns: columns.length, page });
    if (next !== null) go(next.row, next.column);
    else if (!(isCommand ? command(event.key) : plain(event.key))) return;
    event.preventDefault();
  };
  const ofSheet = (event: ClipboardEvent): boolean => event.target === event.currentTarget;
  return {
    at,
    editing,
    setAt,
    open,
    keep,
    leave,
    onKeyDown,
    onPaste: (event: ClipboardEvent): void => {
      if (!ofSheet(event) || rows.length === 0) return;
      const lines = event.clipboardData
        .getData('text/plain')
        .replace(/\r?\n$/u, '')
        .split(/\r?\n/u);
      onPaste(
        at.row,
        column,
        lines.map((line) => line.split('\t')),
      );
      event.preventDefault();
    },
    onCopy: (event: ClipboardEvent): void => {
      if (!ofSheet(event)) return;
      event.clipboardData.setData('text/plain', textAt);
      event.preventDefault();
    },
  };
}
