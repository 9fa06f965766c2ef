import { useVirtualizer } from '@tanstack/react-virtual';
import IconArrowUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs';
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import { postbackWords as words } from '../postbacks-words';
import { ListRow } from './list-row';
import type { PostbackRow } from './postback-row';
import styles from './list.module.css';

const ROW_PX = 54;
const OVERSCAN_ROWS = 10;

/** The rows of the log. Only those in view are in the page. Arrow keys walk from entry to entry. */
export function PostbackList({
  rows,
  openId,
  waiting,
  selected,
  onOpen,
  onWalk,
  onSelect,
  onTakeNew,
  onEnd,
  onView,
  footnote,
}: {
  rows: readonly PostbackRow[];
  openId: string | undefined;
  waiting: number;
  selected: ReadonlySet<string>;
  onOpen: (id: string) => void;
  onWalk: (step: 1 | -1) => void;
  /** Absent while rows are not selected. */
  onSelect: ((id: string, isSelected: boolean) => void) | undefined;
  onTakeNew: () => void;
  onEnd: () => void;
  /** Called with the index of the first row in view. */
  onView: (first: number) => void;
  footnote: string;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN_ROWS,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const items = virtualizer.getVirtualItems();
  const first = virtualizer.range?.startIndex ?? 0;
  const last = items.at(-1)?.index ?? -1;
  const openIndex = rows.findIndex(({ id }) => id === openId);
  useEffect(() => onView(first), [first, onView]);
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - OVERSCAN_ROWS) onEnd();
  }, [last, rows.length, onEnd]);
  useEffect(() => {
    if (openIndex >= 0) virtualizer.scrollToIndex(openIndex, { align: 'auto' });
    // oxlint-disable-next-line react/exhaustive-deps -- follows the opened entry; new rows above it must not scroll the list
  }, [openId]);
  useFocusOnOpened(frame, openId);
  const tabStop = openIndex >= 0 ? openIndex : first;
  return (
    <>
      {waiting === 0 ? null : (
        <button type="button" className={styles.newRows} onClick={onTakeNew}>
          <IconArrowUp className="icon-small" />
          {words.newRows(waiting)}
        </button>
      )}
      <div
        className={styles.scroller}
        ref={frame}
        role="presentation" // the rows have the focus
        onKeyDown={(event) => walkWithArrows(event, onWalk)}
      >
        <ol className={styles.rows} aria-label={words.list} style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ index, start, key }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <li
                key={key}
                className={styles.item}
                style={{ height: ROW_PX, transform: `translateY(${start}px)` }}
                aria-setsize={rows.length}
                aria-posinset={index + 1}
              >
                <ListRow
                  row={row}
                  isOpen={row.id === openId}
                  isTabStop={index === tabStop}
                  isSelected={selected.has(row.id)}
                  onOpen={onOpen}
                  onSelect={onSelect}
                />
              </li>
            );
          })}
        </ol>
        <p className={styles.end}>{footnote}</p>
      </div>
    </>
  );
}

/** While the focus is in the list, it follows the opened entry. When an entry is closed, its row gets the focus. */
function useFocusOnOpened(frame: RefObject<HTMLDivElement | null>, openId: string | undefined): void {
  const before = useRef(openId);
  useEffect(() => {
    const isLost = document.activeElement === document.body;
    const closedId = openId === undefined && isLost ? before.current : undefined;
    before.current = openId;
    const isInList = frame.current?.contains(document.activeElement) === true;
    const id = isInList ? openId : closedId;
    if (id === undefined) return;
    return focusWhenDrawn(() => frame.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`));
  }, [frame, openId]);
}

/** A row that comes into view is drawn some frames later. @returns a function that gives up. */
function focusWhenDrawn(find: () => HTMLElement | null | undefined): () => void {
  let framesLeft = 10;
  let timer = 0;
  const attempt = (): void => {
    const row = find();
    if (row?.checkVisibility() === true) row.focus({ preventScroll: true });
    else if (framesLeft-- > 0) timer = requestAnimationFrame(attempt);
  };
  timer = requestAnimationFrame(attempt);
  return () => cancelAnimationFrame(timer);
}

function walkWithArrows(event: KeyboardEvent, onWalk: (step: 1 | -1) => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  event.preventDefault();
  onWalk(event.key === 'ArrowDown' ? 1 : -1);
}
