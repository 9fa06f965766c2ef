import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import IconPencil from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs';
import IconPlayerPause from '@tabler/icons-react/dist/esm/icons/IconPlayerPause.mjs';
import IconPlayerPlay from '@tabler/icons-react/dist/esm/icons/IconPlayerPlay.mjs';
import { lazy, Suspense, useCallback } from 'react';
import { useKeys } from '../app/keyboard';
import { hasScope, useMe, useTimeZone } from '../app/session';
import { Button } from '../ui/controls/button';
import { CopyButton } from '../ui/controls/copy-button';
import { ErrorBox, Skeleton } from '../ui/layout/feedback';
import { Card } from '../ui/layout/card';
import { Page } from '../ui/layout/page';
import { PeriodBar } from '../ui/period/period-bar';
import { type DayRange, rangeOf } from '../ui/period/period';
import { pauseLinks, resumeLinks } from './bulk/change-links';
import { CheckCard } from './link/check-card';
import { ClicksCard, ConversionsCard } from './link/event-lists';
import { HistoryCard } from './link/history-card';
import { LinkKpis } from './link/kpis';
import { totalsQuery } from './link/link-queries';
import { linkQuery } from './link-query';
import type { LinkSearch } from './link/link-search';
import { linkWords } from './link/link-words';
import { FunnelCard, SourcesCard } from './link/numbers-cards';
import { LinkQr } from './link/qr';
import { RotationCard } from './link/rotation-card';
import { SettingsCard } from './link/settings-card';
import { TrendCard } from './link/trend-card';
import { useLinkRefresh } from './link/use-link-refresh';
import { LinkStateMark } from './link-state';
import { destinationHost, type Link } from './link-types';
import { RowMenu } from './list/row-menu';
import styles from './link/link.module.css';

const LinkBuilder = lazy(() => import('./builder/link-builder').then((module) => ({ default: module.LinkBuilder })));
const route = getRouteApi('/signed-in/links/$linkId');

/** One link: its numbers, where its clicks come from, what they became, and how it is set up. */
export function LinkPage() {
  const { linkId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const range = rangeOf(search, 'today', useTimeZone());
  const { data: link, error, refetch } = useQuery(linkQuery(linkId));
  const { dataUpdatedAt } = useQuery(totalsQuery(linkId, range));
  const change = useCallback(
    (changes: Partial<LinkSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...changes }), resetScroll: false }),
    [navigate],
  );
  useLinkRefresh(linkId);
  return (
    <Page
      title={link?.slug ?? '…'}
      parent={{ title: linkWords.links, link: { to: '/links' } }}
      actions={link === undefined ? null : <Acts link={link} onEdit={() => change({ builder: 'edit' })} />}
      bar={
        <PeriodBar
          search={search}
          fallback="today"
          loadedAt={dataUpdatedAt}
          onChange={(period) => change({ period: undefined, from: undefined, to: undefined, ...period })}
        />
      }
    >
      {error === null ? null : <ErrorBox error={error} onRetry={() => void refetch()} />}
      {link === undefined ? null : <Head link={link} />}
      {error !== null && link === undefined ? null : (
        <Content link={link} linkId={linkId} range={range} search={search} onChange={change} />
      )}
      <Suspense fallback={null}>
        {search.builder === undefined ? null : (
          <LinkBuilder linkId={linkId} onClose={() => change({ builder: undefined })} />
        )}
      </Suspense>
    </Page>
  );
}

function Acts({ link, onEdit }: { link: Link; onEdit: () => void }) {
  const navigate = route.useNavigate();
  const canChange = hasScope(useMe(), 'links:write');
  useKeys(canChange ? { e: { act: onEdit, label: linkWords.edit } } : {});
  if (!canChange) return null;
  return (
    <>
      <span className="not-on-phone">
        <Button
          icon={link.paused ? <IconPlayerPlay className="icon" /> : <IconPlayerPause className="icon" />}
          onClick={() => void (link.paused ? resumeLinks : pauseLinks)([link])}
        >
          {link.paused ? linkWords.resume : linkWords.pause}
        </Button>
      </span>
      <Button icon={<IconPencil className="icon" />} keys="E" onClick={onEdit}>
        {linkWords.edit}
      </Button>
      <RowMenu link={link} onEdit={onEdit} onGone={() => void navigate({ to: '/links' })} />
    </>
  );
}

function Head({ link }: { link: Link }) {
  return (
    <div className={styles.head}>
      <LinkStateMark link={link} />
      <a className="text-link ellipsis" href={link.shortUrl} target="_blank" rel="noreferrer">
        {link.shortUrl}
      </a>
      <CopyButton text={link.shortUrl} label={linkWords.copyShortUrl} />
      {link.title === null ? null : <span>{link.title}</span>}
      <span className="muted ellipsis" title={link.url}>
        {linkWords.leadsTo} {destinationHost(link.url)}
      </span>
    </div>
  );
}

function Content({
  link,
  linkId,
  range,
  search,
  onChange,
}: {
  link: Link | undefined;
  linkId: string;
  range: DayRange | null;
  search: LinkSearch;
  onChange: (changes: Partial<LinkSearch>) => void;
}) {
  const me = useMe();
  return (
    <>
      <LinkKpis linkId={linkId} range={range} />
      <div className={styles.grid}>
        <div className={styles.column}>
          <TrendCard
            linkId={linkId}
            range={range}
            metric={search.trend ?? 'humanClicks'}
            onMetric={(trend) => onChange({ trend })}
          />
          <FunnelCard linkId={linkId} range={range} />
          {hasScope(me, 'clicks:read') ? <ClicksCard linkId={linkId} range={range} /> : null}
          {hasScope(me, 'conversions:read') ? <ConversionsCard of={{ linkId }} range={range} /> : null}
          <HistoryCard linkId={linkId} />
        </div>
        <div className={styles.column}>
          <SourcesCard linkId={linkId} range={range} by={search.by ?? 'sub1'} onBy={(by) => onChange({ by })} />
          {link === undefined ? <Skeleton height={200} /> : <Setup link={link} />}
        </div>
      </div>
    </>
  );
}

function Setup({ link }: { link: Link }) {
  return (
    <>
      <RotationCard link={link} />
      <CheckCard link={link} />
      <SettingsCard link={link} />
      <Card title={linkWords.qr}>
        <LinkQr link={link} />
      </Card>
    </>
  );
}
