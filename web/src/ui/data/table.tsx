import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useRef, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { classes } from '../classes';
import styles from './table.module.css';

export interface Column<Row> {
  id: string;
  header: ReactNode;
  /** The value of `sort` for this column, if the list can be sorted by it. */
  sortBy?: string | undefined;
  /** Words stand left, numbers right. */
  isText?: boolean | undefined;
  cell: (row: Row) => ReactNode;
  /** The cell of the totals row. */
  total?: ReactNode;
}

interface Sorting {
  by: string;
  isDescending: boolean;
}

interface TableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  idOf: (row: Row) => string;
  isSelected?: (row: Row) => boolean;
  /** Opens a row: click, or Enter on it. */
  onOpen?: (row: Row) => void;
  sorting?: Sorting;
  onSort?: (sorting: Sorting) => void;
  hasTotals?: boolean;
  /** A line before the first row, such as "12 new". It is pressed to show them. */
  notice?: { text: string; act: () => void } | undefined;
  /** In pixels; rows have this height. */
  rowHeight?: number;
  /** Called when the last rows come into view, to load the next page. */
  onEnd?: () => void;
  /** A height in CSS units makes the table scroll within itself. Long lists need it: only rows in view are drawn. */
  height?: string;
}

const DEFAULT_ROW_HEIGHT_PX = 38;
const OVERSCAN_ROWS = 8;

/**
 * A table. Only the rows in view are in the page. The rows take the focus: arrow keys and j, k move it, Enter opens a row.
 */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, hasTotals = false, notice, rowHeight = DEFAULT_ROW_HEIGHT_PX } = props;
  const { height, onEnd } = props;
  const frame = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- it asks for nothing to be memoised
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN_ROWS,
    enabled: height !== undefined,
    // Rows are drawn once a frame, and not within each event of a wheel.
    useFlushSync: false,
    onChange: (instance) => {
      if ((instance.range?.endIndex ?? 0) >= rows.length - OVERSCAN_ROWS && rows.length > 0) onEnd?.();
    },
  });
  const isVirtual = height !== undefined;
  const items = isVirtual ? virtualizer.getVirtualItems() : rows.map((_, index) => ({ index, start: 0, end: 0 }));
  const above = isVirtual ? (items[0]?.start ?? 0) : 0;
  const below = isVirtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- moves the focus of its rows
    <div className={styles.frame} ref={frame} style={{ maxHeight: height }} onKeyDown={moveFocus}>
      <table
        className={styles.table}
        style={{ '--row-height': `${rowHeight}px` } as CSSProperties}
        aria-label={label}
        aria-rowcount={rows.length}
      >
        <thead>
          <tr>
            {columns.map((column, index) => (
              <HeaderCell key={column.id} column={column} isFirst={index === 0} {...props} />
            ))}
          </tr>
        </thead>
        <tbody>
          {hasTotals ? (
            <tr className={styles.totals}>
              {columns.map((column, index) => (
                <td key={column.id} data-left={column.isText} className={classes(index === 0 && styles.first)}>
                  {column.total}
                </td>
              ))}
            </tr>
          ) : null}
          {notice === undefined ? null : (
            <tr className={styles.notice}>
              <td colSpan={columns.length}>
                <button type="button" onClick={notice.act}>
                  {notice.text}
                </button>
              </td>
            </tr>
          )}
          {above > 0 ? <SpacerRow height={above} columns={columns.length} /> : null}
          {items.map(({ index }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const { isSelected, onOpen } = props;
            return <BodyRow key={props.idOf(row)} {...{ row, index, columns, isSelected, onOpen }} />;
          })}
          {below > 0 ? <SpacerRow height={below} columns={columns.length} /> : null}
        </tbody>
      </table>
    </div>
  );
}

function SpacerRow({ height, columns }: { height: number; columns: number }) {
  return (
    <tr aria-hidden="true">
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- an empty cell */}
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

function HeaderCell<Row>({
  column,
  isFirst,
  sorting,
  onSort,
}: { column: Column<Row>; isFirst: boolean } & Pick<TableProps<Row>, 'sorting' | 'onSort'>) {
  const { sortBy } = column;
  const isSorted = sortBy !== undefined && sorting?.by === sortBy;
  const direction = sorting?.isDescending === true ? 'descending' : 'ascending';
  return (
    <th
      scope="col"
      data-left={column.isText}
      aria-sort={isSorted ? direction : undefined}
      className={classes(isFirst && styles.first)}
    >
      {sortBy === undefined || onSort === undefined ? (
        column.header
      ) : (
        <button
          type="button"
          className={styles.sort}
          onClick={() => onSort({ by: sortBy, isDescending: isSorted ? sorting?.isDescending !== true : true })}
        >
          {column.header}
          {isSorted ? <span aria-hidden="true"> {direction === 'descending' ? '↓' : '↑'}</span> : null}
        </button>
      )}
    </th>
  );
}

/** Rows that stay in view are not drawn again while one scrolls: their properties are the same. */
const BodyRow = memo(TableRow) as typeof TableRow;

function TableRow<Row>({
  row,
  index,
  columns,
  isSelected,
  onOpen,
}: { row: Row; index: number } & Pick<TableProps<Row>, 'columns' | 'isSelected' | 'onOpen'>) {
  return (
    <tr
      tabIndex={0}
      aria-rowindex={index + 1}
      aria-selected={isSelected === undefined ? undefined : isSelected(row)}
      className={classes(onOpen !== undefined && styles.row)}
      onClick={(event) => {
        // Links, buttons and boxes in the row act on their own.
        if (onOpen !== undefined && !(event.target as Element).closest('a, button, input, label')) onOpen(row);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target === event.currentTarget) onOpen?.(row);
      }}
    >
      {columns.map((column, columnIndex) => (
        <td key={column.id} data-left={column.isText} className={classes(columnIndex === 0 && styles.first)}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

/** Arrow keys and j, k move the focus from row to row. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const row = event.target instanceof HTMLTableRowElement ? event.target : null;
  if (row === null || event.ctrlKey || event.metaKey || event.altKey) return;
  const isDown = event.key === 'ArrowDown' || event.key === 'j';
  if (!isDown && event.key !== 'ArrowUp' && event.key !== 'k') return;
  const next = isDown ? row.nextElementSibling : row.previousElementSibling;
  if (next instanceof HTMLTableRowElement && next.tabIndex === 0) {
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  }
}

/** The acts of a row. They appear with the pointer, the focus or the selection; on touch screens always. */
export function RowActs({ children }: { children: ReactNode }) {
  return <span className={styles.acts}>{children}</span>;
}
