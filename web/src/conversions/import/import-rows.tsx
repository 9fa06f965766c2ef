import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Schema } from '../../api/client';
import { buttonClass } from '../../ui/controls/button';
import { Segments } from '../../ui/controls/segments';
import { VerdictMark } from '../../ui/data/status';
import { type Column, Table } from '../../ui/data/table';
import { Card } from '../../ui/layout/card';
import { ErrorBox, Skeleton } from '../../ui/layout/feedback';
import { useIsPhone } from '../../ui/use-is-phone';
import { importWords as words } from './import-words';
import { type ImportJob, isActive, type RowVerdict, useImportRows } from './use-import';
import styles from './import.module.css';

type Row = Schema<'ImportRowResponse'>;

const TABLE_HEIGHT = '480px';
const VERDICTS: readonly RowVerdict[] = ['accepted', 'updated', 'duplicate', 'rejected'];

/** The rows with their verdicts. */
export function ImportRows({ job }: { job: ImportJob }) {
  const [verdict, setVerdict] = useState<RowVerdict | 'all'>('all');
  const asked = verdict === 'all' ? undefined : verdict;
  const list = useImportRows(job.id, asked, job.done);
  const isPhone = useIsPhone();
  const rows = list.data?.pages.flatMap(({ data }) => data) ?? [];
  const loadMore = (): void => {
    if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
  };
  return (
    <Card
      title={words.rows}
      isBare
      actions={
        <>
          <Segments
            label={words.show}
            value={verdict}
            segments={[
              { value: 'all', label: words.all },
              ...VERDICTS.filter((each) => job.counts[each] > 0).map((value) => ({
                value,
                label: words.counts[value],
                count: job.counts[value],
              })),
            ]}
            onChange={setVerdict}
          />
          <a className={buttonClass({ isSmall: true })} href={downloadPath(job.id, asked)} download>
            {words.download}
          </a>
        </>
      }
    >
      {list.error === null ? null : <ErrorBox error={list.error} onRetry={() => void list.refetch()} />}
      {list.data === undefined ? (
        <Skeleton height={200} />
      ) : rows.length === 0 ? (
        <p className={styles.nothing}>{isActive(job) ? words.rowsWait : words.noRows}</p>
      ) : isPhone ? (
        <RowCards rows={rows} onMore={list.hasNextPage ? loadMore : undefined} />
      ) : (
        <Table
          label={words.rows}
          columns={COLUMNS}
          rows={rows}
          idOf={({ row }) => String(row)}
          height={TABLE_HEIGHT}
          onEnd={loadMore}
        />
      )}
    </Card>
  );
}

function downloadPath(id: string, verdict: RowVerdict | undefined): string {
  return `/api/v1/conversions/imports/${id}/rows.csv${verdict === undefined ? '' : `?verdict=${verdict}`}`;
}

const COLUMNS: readonly Column<Row>[] = [
  { id: 'row', header: words.row, cell: ({ row }) => row },
  { id: 'line', header: words.line, cell: ({ line }) => <span className="muted">{line}</span> },
  {
    id: 'verdict',
    header: words.verdict,
    isText: true,
    cell: ({ verdict }) => <VerdictMark verdict={verdict} isBare />,
  },
  {
    id: 'reason',
    header: words.reason,
    isText: true,
    cell: ({ reason }) => (reason === null ? null : <code>{reason}</code>),
  },
  {
    id: 'hint',
    header: words.whatHelps,
    isText: true,
    cell: ({ hint }) => (
      <span className={styles.hint} title={hint ?? undefined}>
        {hint}
      </span>
    ),
  },
  {
    id: 'conversion',
    header: words.conversion,
    isText: true,
    cell: ({ conversionId }) => (conversionId === null ? null : <ConversionLink id={conversionId} />),
  },
];

function ConversionLink({ id }: { id: string }) {
  return (
    <Link to="/conversions/$conversionId" params={{ conversionId: id }} className="text-link">
      {words.open}
    </Link>
  );
}

function RowCards({ rows, onMore }: { rows: readonly Row[]; onMore: (() => void) | undefined }) {
  return (
    <>
      <ul className={styles.rowCards}>
        {rows.map(({ row, verdict, reason, hint, conversionId }) => (
          <li key={row}>
            <span className="row wrap">
              <b className="medium">
                {words.row} {row}
              </b>
              <VerdictMark verdict={verdict} isBare />
              {reason === null ? null : <code>{reason}</code>}
              {conversionId === null ? null : <ConversionLink id={conversionId} />}
            </span>
            {hint === null ? null : <p className="note">{hint}</p>}
          </li>
        ))}
      </ul>
      {onMore === undefined ? null : (
        <button type="button" className={styles.more} onClick={onMore}>
          …
        </button>
      )}
    </>
  );
}
