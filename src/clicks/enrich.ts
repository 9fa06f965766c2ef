import { createHmac } from 'node:crypto';
import { isbot } from 'isbot';
import { trustedWorkspaceId, type WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { subIds } from './click-query.js';
import type { SpooledClick } from './spooled-click.js';

/** Why a click is not a person's, or `undefined` when it is one. */
export type BotReason = 'head' | 'prefetch' | 'no_user_agent' | 'user_agent';

export interface EnrichedClick {
  _id: string;
  workspaceId: WorkspaceId;
  linkId: string;
  at: Date;
  userAgent: string;
  language: string | undefined;
  referrer: string | undefined;
  query: { name: string; value: string }[];
  subs: Record<string, string>;
  botReason: BotReason | undefined;
  /** The same for one person on one link on one day (UTC), meaningless otherwise; the address itself is not kept. */
  visitorKey: string;
}

/** Works out of a spooled click what can be worked out without asking anybody. */
export function enrichClick(click: SpooledClick, visitorSecret: Buffer): EnrichedClick {
  return {
    _id: click.id,
    workspaceId: trustedWorkspaceId(click.workspaceId),
    linkId: click.linkId,
    at: new Date(click.at),
    userAgent: click.userAgent,
    language: primaryLanguage(click.language),
    referrer: click.referrer === '' ? undefined : click.referrer,
    query: click.query.map(([name, value]) => ({ name, value })),
    subs: subIds(click.query),
    botReason: botReason(click),
    visitorKey: visitorKey(click, visitorSecret),
  };
}

function botReason({ kind, userAgent }: SpooledClick): BotReason | undefined {
  if (kind !== 'visit') return kind;
  if (userAgent === '') return 'no_user_agent'; // isbot takes an empty one for a browser
  return isbot(userAgent) ? 'user_agent' : undefined;
}

function visitorKey({ linkId, at, ip, userAgent }: SpooledClick, secret: Buffer): string {
  const day = new Date(at).toISOString().slice(0, 10);
  return createHmac('sha256', secret).update(`${day}\n${linkId}\n${ip}\n${userAgent}`).digest('base64url').slice(0, 22);
}

/** `de-DE,de;q=0.9` → `de` */
export function primaryLanguage(acceptLanguage: string): string | undefined {
  return /^\s*([a-z]{2,3})\b/i.exec(acceptLanguage)?.[1]?.toLowerCase();
}
