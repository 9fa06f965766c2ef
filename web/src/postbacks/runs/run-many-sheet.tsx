import { useEffect, useRef } from 'react';
import { useAct } from '../../ui/controls/act-button';
import { Button } from '../../ui/controls/button';
import { formatCount } from '../../ui/data/money-format';
import { VERDICT_NAMES, VerdictMark } from '../../ui/data/status';
import { ErrorBox, Skeleton } from '../../ui/layout/feedback';
import { Sheet } from '../../ui/layout/sheet';
import type { PostbacksQuery } from '../list/log-filters';
import type { BulkReplay } from '../postback-types';
import { runsWords as words } from './runs-words';
import type { BulkReplayRun } from './use-bulk-replay';
import styles from './runs.module.css';

/** Runs the postbacks of the filters again: a trial first, then the run with its progress. */
export function RunManySheet({
  query,
  bulk,
  onClose,
}: {
  query: PostbacksQuery;
  bulk: BulkReplayRun;
  onClose: () => void;
}) {
  const { replay } = bulk;
  const trial = useAct(() => bulk.tryOut(query));
  const run = useAct(() => bulk.run(query));
  const cancel = useAct(bulk.cancel);
  const isStarted = useRef(replay !== undefined); // opened again while its run goes on
  useEffect(() => {
    if (isStarted.current) return;
    isStarted.current = true;
    trial.run();
  }, [trial]);
  const isTried = replay?.dryRun === true && replay.state === 'done';
  const isRunning = replay !== undefined && !replay.dryRun && replay.state === 'running';
  return (
    <Sheet
      title={words.title}
      onClose={onClose}
      footer={
        <>
          {replay === undefined || replay.dryRun ? (
            <Button look="primary" isBusy={run.isBusy} disabled={!isTried || replay.total === 0} onClick={run.run}>
              {words.run(replay?.total ?? 0)}
            </Button>
          ) : null}
          {isRunning ? (
            <Button isBusy={cancel.isBusy} onClick={cancel.run}>
              {words.cancel}
            </Button>
          ) : null}
          <Button look="quiet" onClick={onClose}>
            {words.close}
          </Button>
        </>
      }
    >
      <p className="secondary">{words.about}</p>
      {trial.error === null ? null : <ErrorBox error={new Error(trial.error)} onRetry={trial.run} />}
      {run.error === null ? null : <ErrorBox error={new Error(run.error)} onRetry={run.run} />}
      {cancel.error === null ? null : <ErrorBox error={new Error(cancel.error)} onRetry={cancel.run} />}
      {replay === undefined ? trial.error === null ? <Skeleton height={60} /> : null : <State replay={replay} />}
    </Sheet>
  );
}

function State({ replay }: { replay: BulkReplay }) {
  const { state, dryRun, total, done } = replay;
  return (
    <div className={styles.state} aria-live="polite">
      <p className="medium">{sentenceOf(replay)}</p>
      {state === 'running' ? (
        <>
          <progress max={Math.max(1, total)} value={done} aria-label={dryRun ? words.trying : words.running} />
          <p className="note">{words.progress(done, total)}</p>
        </>
      ) : null}
      <Counts replay={replay} />
    </div>
  );
}

function sentenceOf({ state, dryRun, total, done }: BulkReplay): string {
  if (state === 'running') return dryRun ? words.trying : words.running;
  if (total === 0) return words.nothing;
  if (state === 'cancelled') return words.cancelled(done, total);
  return dryRun ? words.would(total) : words.done(done);
}

function Counts({ replay: { counts } }: { replay: BulkReplay }) {
  const skipped = counts['skipped'] ?? 0;
  return (
    <ul className={styles.counts}>
      {VERDICT_NAMES.filter((verdict) => (counts[verdict] ?? 0) > 0).map((verdict) => (
        <li key={verdict}>
          <VerdictMark verdict={verdict} isBare />
          <b className="push">{formatCount(counts[verdict] ?? 0)}</b>
        </li>
      ))}
      {skipped === 0 ? null : (
        <li className="muted">
          {words.skipped}
          <b className="push">{formatCount(skipped)}</b>
        </li>
      )}
    </ul>
  );
}
