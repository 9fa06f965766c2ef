import { useNavigate } from '@tanstack/react-router';
import { hasScope, useMe } from '../../app/session';
import { api } from '../../api/client';
import { ActButton, ConfirmedButton } from '../../ui/controls/act-button';
import { Button, ButtonLink } from '../../ui/controls/button';
import { formatCount } from '../../ui/data/money-format';
import { Status, Tag, type Tone } from '../../ui/data/status';
import type { StatusShape } from '../../ui/data/status-shapes';
import { When } from '../../ui/data/time';
import { Card } from '../../ui/layout/card';
import { ErrorBox, Skeleton } from '../../ui/layout/feedback';
import { useNetworkName } from '../names';
import { FileField } from './file-step';
import { usePreparedFile } from './import-file';
import { ImportRows } from './import-rows';
import { Findings } from './findings';
import type { ImportSearch } from './import-search';
import { importWords as words } from './import-words';
import { type ImportJob, isActive, useImport, useStart } from './use-import';
import styles from './import.module.css';

/** One import: how far it is, what its rows did, and what to do next. It goes on by itself; this page only looks at it. */
export function ImportRun({ id, search }: { id: string; search: ImportSearch }) {
  const job = useImport(id);
  if (job.data === undefined) {
    return job.error === null ? (
      <Skeleton height={320} />
    ) : (
      <ErrorBox error={job.error} onRetry={() => void job.refetch()} />
    );
  }
  return (
    <div className="stack">
      {job.error === null ? null : <ErrorBox error={job.error} onRetry={() => void job.refetch()} />}
      <RunCard job={job.data} search={search} />
      <Findings job={job.data} />
      <ImportRows job={job.data} />
    </div>
  );
}

const LOOKS: Readonly<Record<ImportJob['status'], { shape: StatusShape; tone: Tone }>> = {
  receiving: { shape: 'waits', tone: 'accent' },
  running: { shape: 'waits', tone: 'accent' },
  done: { shape: 'approved', tone: 'good' },
  failed: { shape: 'refused', tone: 'bad' },
  cancelled: { shape: 'ignored', tone: 'neutral' },
};

export function ImportStatus({ status, isBare = false }: { status: ImportJob['status']; isBare?: boolean }) {
  const { shape, tone } = LOOKS[status];
  return (
    <Status shape={shape} tone={tone} isBare={isBare}>
      {words.states[status]}
    </Status>
  );
}

function RunCard({ job, search }: { job: ImportJob; search: ImportSearch }) {
  const { status, dryRun, rows, done, networkId, createdAt, error } = job;
  const network = useNetworkName(networkId);
  const canWrite = hasScope(useMe(), 'conversions:write');
  return (
    <Card
      title={
        <span className="row">
          {dryRun ? words.isDryRun : words.isReal}
          <ImportStatus status={status} />
        </span>
      }
      note={
        <>
          {network === undefined ? null : <>{network}, </>}
          <When at={createdAt} />
        </>
      }
      actions={dryRun ? <Tag>{words.dryRunNote}</Tag> : undefined}
    >
      <div className="stack">
        <div>
          <p role="status">{words.progress(formatCount(done), formatCount(rows))}</p>
          <progress
            className={styles.progress}
            max={Math.max(rows, 1)}
            value={done}
            aria-label={words.progress(String(done), String(rows))}
          />
        </div>
        <Counts job={job} />
        {error === null ? null : <ErrorBox error={new Error(error)} />}
        {canWrite ? isActive(job) ? <Cancel id={job.id} /> : <Next job={job} search={search} /> : null}
      </div>
    </Card>
  );
}

const VERDICTS = ['accepted', 'updated', 'duplicate', 'rejected'] as const;

function Counts({ job: { counts, dryRun } }: { job: ImportJob }) {
  const names = dryRun ? words.countsOfDryRun : words.counts;
  return (
    <dl className={styles.counts}>
      {VERDICTS.map((verdict) => (
        <div key={verdict} data-verdict={verdict} data-zero={counts[verdict] === 0}>
          <dt>{names[verdict]}</dt>
          <dd>{formatCount(counts[verdict])}</dd>
        </div>
      ))}
    </dl>
  );
}

function Cancel({ id }: { id: string }) {
  return (
    <ConfirmedButton
      label={words.cancel}
      question={words.cancelQuestion}
      act={() => api.POST('/api/v1/conversions/imports/{id}/cancel', { params: { path: { id } } })}
    />
  );
}

/** The acts after the end: the real import after a dry run, else a look at the conversions. */
function Next({ job, search }: { job: ImportJob; search: ImportSearch }) {
  const { dryRun, counts, rows, status } = job;
  const navigate = useNavigate();
  const file = usePreparedFile();
  const { id: _id, ...options } = search;
  const { start, sent } = useStart(options);
  if (!dryRun) {
    return (
      <div className="row wrap">
        <ButtonLink look="primary" to="/conversions" search={{ period: 'all' }}>
          {words.toList}
        </ButtonLink>
        <ButtonLink to="/conversions/import">{words.newImport}</ButtonLink>
      </div>
    );
  }
  const counting = counts.accepted + counts.updated;
  return (
    <div className="stack">
      {file === null ? (
        <>
          <p className="secondary">{words.fileAgain}</p>
          <FileField onChosen={() => undefined} />
        </>
      ) : null}
      <div className="row wrap">
        {file === null || status !== 'done' || counting === 0 ? null : (
          <ActButton look="primary" act={() => start(file, { dryRun: false })}>
            {words.run(formatCount(counting), formatCount(rows))}
          </ActButton>
        )}
        {file === null ? null : <ActButton act={() => start(file, { dryRun: true })}>{words.again}</ActButton>}
        <Button
          look="quiet"
          onClick={() => void navigate({ to: '/conversions/import', search: { ...options, step: 'columns' } })}
        >
          {words.changeColumns}
        </Button>
        <span className="note" role="status">
          {sent > 0 && sent < 1
            ? words.sending(Math.round(sent * 100))
            : counting === 0
              ? words.nothingToRun
              : words.runHint}
        </span>
      </div>
    </div>
  );
}
