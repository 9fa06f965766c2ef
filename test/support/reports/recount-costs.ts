import { Big } from 'big.js';
import type { ClickDocument, CostEntryDocument, LinkDocument } from '../../../src/reports/rules/facts.js';
import type { Documents } from './random-facts.js';

const SHARE_DECIMALS = 18;

/** The clicks with the cost that counts: the share of an uploaded cost, else their own. Unbilled ones cost nothing. */
export function withCountedCosts(documents: Documents): ClickDocument[] {
  const shares = new Map<ClickDocument, NonNullable<ClickDocument['cost']>>();
  for (const entry of documents.costs) {
    const clicks = documents.clicks.filter((click) => isBilled(click) && isOf(entry, click, documents.links));
    for (const click of clicks) {
      expectOnce(shares, click);
      const amount = new Big(entry.cost.amount).times(`1e${SHARE_DECIMALS}`).div(clicks.length).round(0, Big.roundDown);
      shares.set(click, { amount: amount.times(`1e-${SHARE_DECIMALS}`).toFixed(), currency: entry.cost.currency });
    }
  }
  return documents.clicks.map((click) => ({
    ...click,
    cost: isBilled(click) ? (shares.get(click) ?? click.cost ?? null) : null,
  }));
}

function expectOnce(shares: ReadonlyMap<ClickDocument, unknown>, click: ClickDocument): void {
  if (shares.has(click)) throw new Error(`${click._id} has two uploaded costs`);
}

function isBilled({ isTest, botReason }: ClickDocument): boolean {
  return isTest !== true && (typeof botReason !== 'string' || botReason === 'visitor_rule');
}

function isOf({ workspaceId, from, to, by }: CostEntryDocument, click: ClickDocument, links: LinkDocument[]): boolean {
  if (click.workspaceId !== workspaceId || click.at < from || click.at >= to) return false;
  const link = links.find((one) => one._id === click.linkId && one.workspaceId === workspaceId);
  return Object.entries(by).every(([dimension, value]) => {
    if (dimension === 'link') return click.linkId === value;
    if (dimension === 'campaign') return link?.campaign === value;
    if (dimension === 'source') return sourceOf(click) === value;
    return click.subs?.[dimension] === value;
  });
}

/** The parameter `source`, else `utm_source`. */
export function sourceOf({ query }: ClickDocument): string | null {
  for (const wanted of ['source', 'utm_source']) {
    for (const { name, value } of query ?? []) if (name === wanted && value !== '') return value;
  }
  return null;
}
