import { useInfiniteQuery } from '@tanstack/react-query';
import type { Schema } from '../../api/client';
import { When } from '../../ui/data/time';
import { Card } from '../../ui/layout/card';
import { EventList } from './event-lists';
import { changedFields } from './history-changes';
import { historyQuery } from './link-queries';
import { linkWords } from './link-words';
import styles from './link.module.css';

type Entry = Schema<'LinkHistoryEntryResponse'>;

/** The changes of the link: author, time, and the values before and after. */
export function HistoryCard({ linkId }: { linkId: string }) {
  const query = useInfiniteQuery(historyQuery(linkId));
  return (
    <Card title={linkWords.history} isBare>
      <EventList {...query} rows={query.data?.pages.flatMap(({ data }) => data)} none={linkWords.noHistory}>
        {(entry) => <EntryRow key={entry.id} entry={entry} />}
      </EventList>
    </Card>
  );
}

function EntryRow({ entry: { at, actor, action, before, after } }: { entry: Entry }) {
  const changes = before === null || after === null ? [] : changedFields(before, after);
  return (
    <li>
      <When at={at} />
      <span className={styles.facts}>
        <span>
          <b className="medium">{actor.name}</b>
          {actor.kind === 'key' ? <span className="muted"> ({linkWords.byKey})</span> : null}{' '}
          {linkWords.actions[action] ?? action}
        </span>
        {changes.map(({ field, from, to }) => (
          <span key={field} className={styles.change}>
            <span className="muted">{field}</span> <s className="muted">{from}</s> → {to}
          </span>
        ))}
      </span>
      <span />
    </li>
  );
}
