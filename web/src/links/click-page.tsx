import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link as PageLink } from '@tanstack/react-router';
import { useState } from 'react';
import type { Schema } from '../api/client';
import { hasScope, useMe } from '../app/session';
import { Button } from '../ui/controls/button';
import { CopyableId } from '../ui/controls/copy-button';
import { DefinitionList, entry } from '../ui/data/definition-list';
import { Money } from '../ui/data/money';
import { ParameterValue } from '../ui/data/parameters';
import { When } from '../ui/data/time';
import { Card } from '../ui/layout/card';
import { ErrorBox, Skeleton } from '../ui/layout/feedback';
import { Page } from '../ui/layout/page';
import { clickWords } from './click/click-words';
import { EraseDialog } from './click/erase-dialog';
import { ConversionsCard } from './link/event-lists';
import { clickQuery } from './link/link-queries';
import { linkQuery } from './link-query';
import styles from './link/link.module.css';

type Click = Schema<'ClickResponse'>;

const route = getRouteApi('/signed-in/clicks/$clickId');
const FACTS_HEIGHT_PX = 260;

/** One click: what is known about it, and what it became. */
export function ClickPage() {
  const { clickId } = route.useParams();
  const { data: click, error, refetch } = useQuery(clickQuery(clickId));
  const me = useMe();
  const [isErasing, setErasing] = useState(false);
  const canErase = hasScope(me, 'clicks:write') && click !== undefined && click.erasedAt === null;
  return (
    <Page
      title={clickWords.title}
      parent={{ title: clickWords.links, link: { to: '/links' } }}
      actions={
        canErase ? (
          <Button look="danger" onClick={() => setErasing(true)}>
            {clickWords.erase}
          </Button>
        ) : null
      }
    >
      {error === null ? null : <ErrorBox error={error} onRetry={() => void refetch()} />}
      {click === undefined && error === null ? <Skeleton height={FACTS_HEIGHT_PX} /> : null}
      {click === undefined ? null : (
        <div className={styles.grid}>
          <div className={styles.column}>
            <VisitCard click={click} />
            {hasScope(me, 'conversions:read') ? <ConversionsCard of={{ clickId }} range={null} /> : null}
          </div>
          <div className={styles.column}>
            <VisitorCard click={click} />
          </div>
        </div>
      )}
      {isErasing ? <EraseDialog clickId={clickId} onClose={() => setErasing(false)} /> : null}
    </Page>
  );
}

function VisitCard({ click }: { click: Click }) {
  const { fields } = clickWords;
  return (
    <Card title={clickWords.facts}>
      <DefinitionList
        entries={[
          entry(fields.id, <CopyableId id={click.id} label={fields.id} />),
          entry(fields.at, <When at={click.at} />),
          entry(fields.link, <LinkOf linkId={click.linkId} />),
          entry(fields.kind, kindOf(click)),
          entry(fields.rule, click.rule),
          entry(fields.variant, click.variant),
          entry(fields.referrer, click.referrer ?? click.referrerHost),
          entry(fields.query, click.query.length === 0 ? null : <Parameters click={click} />),
          entry(fields.cost, click.cost === null ? null : <Money value={click.cost} />),
          entry(fields.costGiven, click.costGiven === null ? null : <Money value={click.costGiven} />),
          entry(fields.erasedAt, click.erasedAt === null ? null : <When at={click.erasedAt} />),
        ]}
      />
    </Card>
  );
}

function LinkOf({ linkId }: { linkId: string }) {
  const { data } = useQuery(linkQuery(linkId));
  return (
    <PageLink to="/links/$linkId" params={{ linkId }} className="text-link">
      {data === undefined ? linkId : `${data.domain}/${data.slug}`}
    </PageLink>
  );
}

function kindOf({ isTest, isBot, botReason, isUnique }: Click): string {
  if (isTest) return clickWords.test;
  if (isBot) return clickWords.bot(botReason ?? '');
  return isUnique ? clickWords.unique : clickWords.human;
}

/** The visitor's parameters, sub ids in their colour. */
function Parameters({ click: { query, subs } }: { click: Click }) {
  return (
    <span className="mono anywhere">
      {query.map(({ name, value }, index) => (
        <span key={`${name} ${index}`}>
          {index === 0 ? '' : '&'}
          <span className="muted">{name}=</span>
          {name in subs ? <ParameterValue kind="sub">{value}</ParameterValue> : value}
        </span>
      ))}
    </span>
  );
}

function VisitorCard({ click }: { click: Click }) {
  const { fields } = clickWords;
  const place = [click.city, click.region, click.country].filter((text) => text !== null).join(', ');
  const device = [click.device, click.os].filter((text) => text !== null).join(', ');
  return (
    <Card title={clickWords.visitor}>
      <DefinitionList
        entries={[
          entry(fields.place, place === '' ? null : place),
          entry(fields.ip, click.ip ?? <span className="muted">{clickWords.noAddress}</span>),
          entry(fields.asn, click.asn),
          entry(fields.device, device === '' ? null : device),
          entry(fields.browser, click.browser),
          entry(fields.inApp, click.inApp),
          entry(fields.language, click.language),
          entry(fields.userAgent, click.userAgent === '' ? null : <span className="mono">{click.userAgent}</span>),
        ]}
      />
    </Card>
  );
}
