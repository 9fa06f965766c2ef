import type { CsvColumn } from '../../platform/csv/csv-download.js';
import type { LinkResponse } from '../links.dto.js';
import { NO_PARAM, tagsCell } from './import-mapping.js';

const json = (value: unknown): string | undefined => {
  const isEmpty = value === null || (Array.isArray(value) && value.length === 0);
  return isEmpty ? undefined : JSON.stringify(value);
};

/** What can be imported again comes first; the rest is for reading. */
export const LINK_COLUMNS: CsvColumn<LinkResponse>[] = [
  { name: 'url', cell: (link) => link.url },
  { name: 'domain', cell: (link) => link.domain },
  { name: 'slug', cell: (link) => link.slug },
  { name: 'externalId', cell: (link) => link.externalId },
  { name: 'title', cell: (link) => link.title },
  { name: 'tags', cell: (link) => tagsCell(link.tags) },
  { name: 'notes', cell: (link) => link.notes },
  { name: 'campaign', cell: (link) => link.campaign },
  { name: 'clickIdParam', cell: (link) => link.clickIdParam ?? NO_PARAM },
  { name: 'forwardQuery', cell: (link) => link.forwardQuery },
  { name: 'redirectStatus', cell: (link) => link.redirectStatus },
  { name: 'networkId', cell: (link) => link.networkId },
  { name: 'sourceId', cell: (link) => link.sourceId },
  { name: 'costAmount', cell: (link) => link.cost?.amount },
  { name: 'costCurrency', cell: (link) => link.cost?.currency },
  { name: 'clickLimit', cell: (link) => link.clickLimit },
  { name: 'startsAt', cell: (link) => link.startsAt },
  { name: 'expiresAt', cell: (link) => link.expiresAt },
  { name: 'expiredUrl', cell: (link) => link.expiredUrl },
  { name: 'fallbackUrl', cell: (link) => link.fallbackUrl },
  { name: 'paused', cell: (link) => link.paused },
  { name: 'archived', cell: (link) => link.archived },
  { name: 'noIndex', cell: (link) => link.noIndex },
  { name: 'rules', cell: (link) => json(link.rules) },
  { name: 'variants', cell: (link) => json(link.variants) },
  { name: 'rotation', cell: (link) => json(link.rotation) },
  { name: 'preview', cell: (link) => json(link.preview) },
  { name: 'id', cell: (link) => link.id },
  { name: 'shortUrl', cell: (link) => link.shortUrl },
  { name: 'createdAt', cell: (link) => link.createdAt },
  { name: 'updatedAt', cell: (link) => link.updatedAt },
  { name: 'clicks', cell: (link) => link.stats.clicks.total },
  { name: 'humanClicks', cell: (link) => link.stats.clicks.human },
  { name: 'uniqueClicks', cell: (link) => link.stats.clicks.unique },
  { name: 'registrations', cell: (link) => link.stats.registrations },
  { name: 'ftds', cell: (link) => link.stats.ftds },
  { name: 'approved', cell: (link) => link.stats.approved },
];
