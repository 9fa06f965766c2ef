import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { formatCount } from '../../ui/data/money-format';
import { Table } from '../../ui/data/table';
import { Skeleton } from '../../ui/layout/feedback';
import type { ConversionsSearch } from '../conversions-search';
import { type Conversion, conversionWords as words } from '../conversions-words';
import { ConversionCards } from './conversion-cards';
import { conversionColumns } from './conversion-columns';
import { useCurrency } from './use-conversions-view';
import { useIsPhone } from '../../ui/use-is-phone';
import styles from './conversions-list.module.css';

/** The table scrolls within itself, below the bars of the page. */
const TABLE_HEIGHT = 'max(340px, calc(100dvh - 282px))';
const SKELETON_ROWS = 12;

interface Rows {
  rows: readonly Conversion[];
  search: ConversionsSearch;
  /** New rows that wait to be shown. */
  waiting: number;
  onTakeWaiting: () => void;
  onEnd: () => void;
}

/** The rows of the list: a table, or cards on a phone. */
export function ConversionRows(props: Rows) {
  return useIsPhone() ? <Cards {...props} /> : <Rows {...props} />;
}

function Rows({ rows, search, waiting, onTakeWaiting, onEnd }: Rows) {
  const navigate = useNavigate();
  const currency = useCurrency();
  const columns = useMemo(() => conversionColumns(search, currency), [search, currency]);
  return (
    <Table
      label={words.list}
      columns={columns}
      rows={rows}
      idOf={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: '/conversions/$conversionId', params: { conversionId: id }, search })}
      onEnd={onEnd}
      height={TABLE_HEIGHT}
      notice={waiting === 0 ? undefined : { text: words.waiting(formatCount(waiting)), act: onTakeWaiting }}
    />
  );
}

function Cards({ rows, search, waiting, onTakeWaiting, onEnd }: Rows) {
  return (
    <div className={styles.cards}>
      {waiting === 0 ? null : (
        <button type="button" className={styles.newRows} onClick={onTakeWaiting}>
          {words.waiting(formatCount(waiting))}
        </button>
      )}
      <ConversionCards rows={rows} search={search} onEnd={onEnd} />
    </div>
  );
}

/** The list in its final size, while its first page is loaded. */
export function RowsSkeleton() {
  return (
    <div className={styles.bones} style={{ height: TABLE_HEIGHT, overflow: 'hidden' }}>
      {Array.from({ length: SKELETON_ROWS }, (_, index) => (
        <Skeleton key={index} height={16} />
      ))}
    </div>
  );
}
