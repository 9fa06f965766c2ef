import { useNavigate } from '@tanstack/react-router';
import { formatCount } from '../../ui/data/money-format';
import { type Column, Table } from '../../ui/data/table';
import { When } from '../../ui/data/time';
import { Card } from '../../ui/layout/card';
import { ErrorBox, Skeleton } from '../../ui/layout/feedback';
import { useIsPhone } from '../../ui/use-is-phone';
import { NetworkLabel } from '../names';
import { ImportStatus } from './import-run';
import { importWords as words } from './import-words';
import { type ImportJob, useImports } from './use-import';
import styles from './import.module.css';

/** The imports of this workspace, newest first. */
export function EarlierImports() {
  const imports = useImports();
  const navigate = useNavigate();
  const isPhone = useIsPhone();
  const open = ({ id, networkId }: ImportJob): void => {
    const search = { id, ...(networkId !== null && { network: networkId }) };
    void navigate({ to: '/conversions/import', search });
  };
  return (
    <Card title={words.earlier} isBare>
      {imports.error === null ? null : <ErrorBox error={imports.error} onRetry={() => void imports.refetch()} />}
      {imports.data === undefined ? (
        imports.error === null ? (
          <Skeleton height={120} />
        ) : null
      ) : imports.data.length === 0 ? (
        <p className={styles.nothing}>{words.noEarlier}</p>
      ) : isPhone ? (
        <ul className={styles.rowCards}>
          {imports.data.map((job) => (
            <li key={job.id}>
              <button type="button" className={styles.jobCard} onClick={() => open(job)}>
                <b className="medium">
                  <When at={job.createdAt} />
                </b>
                <ImportStatus status={job.status} isBare />
                <span className="note">
                  {job.dryRun ? words.isDryRun : words.isReal}, {formatCount(job.rows)}
                </span>
                <span className="note">{words.rejectedCount(formatCount(job.counts.rejected))}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <Table label={words.earlier} columns={COLUMNS} rows={imports.data} idOf={({ id }) => id} onOpen={open} />
      )}
    </Card>
  );
}

const COLUMNS: readonly Column<ImportJob>[] = [
  { id: 'when', header: words.when, isText: true, cell: ({ createdAt }) => <When at={createdAt} /> },
  {
    id: 'kind',
    header: words.kind,
    isText: true,
    cell: ({ dryRun }) => (dryRun ? words.isDryRun : <b className="medium">{words.isReal}</b>),
  },
  { id: 'network', header: words.network, isText: true, cell: ({ networkId }) => <NetworkLabel id={networkId} /> },
  { id: 'status', header: words.status, isText: true, cell: ({ status }) => <ImportStatus status={status} isBare /> },
  { id: 'rows', header: words.rows, cell: ({ rows }) => formatCount(rows) },
  { id: 'accepted', header: words.counts.accepted, cell: ({ counts }) => formatCount(counts.accepted) },
  { id: 'updated', header: words.counts.updated, cell: ({ counts }) => formatCount(counts.updated) },
  { id: 'rejected', header: words.counts.rejected, cell: ({ counts }) => formatCount(counts.rejected) },
];
