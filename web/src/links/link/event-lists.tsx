import { useInfiniteQuery } from '@tanstack/react-query';
import { Link as PageLink } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schema } from '../../api/client';
import { useIsMoneyHidden } from '../../app/session';
import { Button } from '../../ui/controls/button';
import { Money } from '../../ui/data/money';
import { ConversionStatusMark, Tag } from '../../ui/data/status';
import { When } from '../../ui/data/time';
import { Card } from '../../ui/layout/card';
import { ErrorBox, Skeleton } from '../../ui/layout/feedback';
import type { DayRange } from '../../ui/period/period';
import { clicksQuery, conversionsQuery } from './link-queries';
import { linkWords } from './link-words';
import styles from './link.module.css';

type Click = Schema<'ClickResponse'>;
type Conversion = Schema<'ConversionResponse'>;

/** The clicks of a link, newest first. */
export function ClicksCard({ linkId, range }: { linkId: string; range: DayRange | null }) {
  const query = useInfiniteQuery(clicksQuery(linkId, range));
  return (
    <Card title={linkWords.clicks} isBare>
      <EventList {...query} rows={query.data?.pages.flatMap(({ data }) => data)} none={linkWords.noClicks}>
        {(click) => <ClickRow key={click.id} click={click} />}
      </EventList>
    </Card>
  );
}

function ClickRow({ click }: { click: Click }) {
  const { id, at, country, city, device, os, browser, subs, referrerHost, isBot, isTest } = click;
  const place = [city, country].filter((text) => text !== null).join(', ');
  return (
    <li>
      <When at={at} />
      <span className={styles.facts}>
        <span className={place === '' ? 'muted' : undefined}>{place === '' ? linkWords.unknownPlace : place}</span>
        <span className="secondary">{[device, os, browser].filter((text) => text !== null).join(', ')}</span>
        {Object.entries(subs).map(([name, value]) => (
          <span key={name} className="muted">
            {name} <span className="secondary">{value}</span>
          </span>
        ))}
        {referrerHost === null ? null : <span className="muted">{referrerHost}</span>}
        {isBot ? <Tag>{linkWords.bot}</Tag> : null}
        {isTest ? <Tag>{linkWords.test}</Tag> : null}
      </span>
      <PageLink to="/clicks/$clickId" params={{ clickId: id }} className="text-link mono" title={id}>
        {id.slice(0, 6)}…{id.slice(-6)}
      </PageLink>
    </li>
  );
}

/** The conversions of a link or of a click, newest first. */
export function ConversionsCard({
  of,
  range,
}: {
  of: { linkId: string } | { clickId: string };
  range: DayRange | null;
}) {
  const query = useInfiniteQuery(conversionsQuery(of, range));
  return (
    <Card title={linkWords.conversions} isBare>
      <EventList
        {...query}
        rows={query.data?.pages.flatMap(({ data }) => data)}
        none={'linkId' in of ? linkWords.noConversions : linkWords.noConversionsOfClick}
      >
        {(conversion) => <ConversionRow key={conversion.id} conversion={conversion} />}
      </EventList>
    </Card>
  );
}

function ConversionRow({
  conversion: { id, convertedAt, eventType, status, payout, isFtd },
}: {
  conversion: Conversion;
}) {
  const isMoneyHidden = useIsMoneyHidden();
  return (
    <li>
      <When at={convertedAt} />
      <span className={styles.facts}>
        <PageLink to="/conversions/$conversionId" params={{ conversionId: id }} className="text-link">
          {eventType}
        </PageLink>
        {isFtd && eventType !== 'ftd' ? <Tag>FTD</Tag> : null}
        <ConversionStatusMark status={status} isBare />
      </span>
      {payout === null && !isMoneyHidden ? (
        <span className="muted">{linkWords.noPayout}</span>
      ) : (
        <Money value={payout} />
      )}
    </li>
  );
}

interface EventListProps<Row> {
  rows: readonly Row[] | undefined;
  none: string;
  error: Error | null;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  refetch: () => unknown;
  fetchNextPage: () => unknown;
  children: (row: Row) => ReactNode;
}

/** Rows with a button for more of them. */
export function EventList<Row>({ rows, none, error, children, ...query }: EventListProps<Row>) {
  return (
    <>
      {error === null ? null : (
        <div className={styles.foot}>
          <ErrorBox error={error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {rows === undefined && error === null ? (
        <div className={styles.foot}>
          <Skeleton height={100} />
        </div>
      ) : null}
      {rows?.length === 0 ? <p className={`muted ${styles.foot}`}>{none}</p> : null}
      <ul className={styles.rows}>{rows?.map(children)}</ul>
      {query.hasNextPage ? (
        <div className={styles.foot}>
          <Button isSmall isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {linkWords.showMore}
          </Button>
        </div>
      ) : null}
    </>
  );
}
