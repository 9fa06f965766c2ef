import { useEffect, useRef } from 'react';
import { ApiProblem } from '../../api/problem';
import { useTimeZone } from '../../app/session';
import { ErrorBox, Skeleton } from '../../ui/layout/feedback';
import { formatClock } from '../../ui/data/time-format';
import { FixPart } from '../fix/fix-part';
import type { MappingChanges } from '../fix/use-mapping-changes';
import type { PostbacksSearch } from '../postbacks-search';
import { postbackWords as words } from '../postbacks-words';
import { AnswerAndRuns } from './answer-and-runs';
import { EntryHead, Headline } from './entry-head';
import { useEntry } from './use-entry';
import { WhatArrived } from './what-arrived';
import styles from './entry.module.css';

export interface Walk {
  previous: string | undefined;
  next: string | undefined;
  go: (step: 1 | -1) => void;
}

/** One request taken apart: its verdict, its parameters, what would make it count, our answer and the runs. */
export function EntryPane({
  id,
  walk,
  changes,
  onBack,
  onChanged,
  onFilter,
}: {
  id: string;
  walk: Walk;
  changes: MappingChanges;
  onBack: () => void;
  /** Called after the request was run again or accepted. */
  onChanged: () => void;
  onFilter: (search: PostbacksSearch) => void;
}) {
  const timeZone = useTimeZone();
  const pane = useShownPane(id);
  const { data: postback, error, refetch, dataUpdatedAt } = useEntry(id, [walk.previous, walk.next]);
  if (postback === undefined) {
    const isMissing = error instanceof ApiProblem && error.status === 404;
    return (
      <section className={styles.pane} aria-label={id} ref={pane} tabIndex={-1}>
        <div className={styles.body}>
          {error === null ? (
            <EntrySkeleton />
          ) : isMissing ? (
            <p>{words.notFound}</p>
          ) : (
            <ErrorBox error={error} onRetry={() => void refetch()} />
          )}
        </div>
      </section>
    );
  }
  return (
    <section className={styles.pane} aria-labelledby="postback-headline" ref={pane} tabIndex={-1}>
      <EntryHead postback={postback} walk={walk} onBack={onBack} onChanged={onChanged} />
      <div className={styles.body}>
        {error === null ? null : (
          <ErrorBox
            error={error}
            onRetry={() => void refetch()}
            since={formatClock(new Date(dataUpdatedAt), timeZone)}
          />
        )}
        <Headline postback={postback} />
        <WhatArrived postback={postback} />
        <FixPart postback={postback} changes={changes} onChanged={onChanged} onFilter={onFilter} />
        <AnswerAndRuns postback={postback} onFilter={onFilter} />
      </div>
    </section>
  );
}

/** An opened entry comes into view. On phones the list goes, so the entry takes the focus over. */
function useShownPane(id: string) {
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    pane.current?.scrollIntoView({ block: 'nearest' });
    const frame = requestAnimationFrame(() => {
      const { activeElement } = document;
      if (activeElement === document.body || activeElement?.checkVisibility() === false) pane.current?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [id]);
  return pane;
}

function EntrySkeleton() {
  return (
    <div className={styles.bones}>
      <Skeleton width={320} height={24} />
      <Skeleton width={460} height={12} />
      <Skeleton height={108} />
      <Skeleton height={220} />
    </div>
  );
}
