import type { CsvColumn } from '../../../platform/csv/csv-download.js';
import type { LinkResponse } from '../../links.dto.js';
import { NO_PARAM, tagsCell } from './import-mapping.js';

const json = (value: unknown): string | undefined => {
  const isEmpty = value === null || (Array.isArray(value) && value.length === 0);
  return isEmpty ? undefined : JSON.stringify(value);
};

export type ExportFormat = 'csv' | 'json';

/** Columns that an import reads come first; the others are for people. */
const LINK_COLUMNS: readonly CsvColumn<LinkResponse>[] = [
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
  { name: 'referrerPolicy', cell: (link) => link.referrerPolicy },
  { name: 'cloak', cell: (link) => link.cloak },
  { name: 'rules', cell: (link) => json(link.rules) },
  { name: 'variants', cell: (link) => json(link.variants) },
  { name: 'rotation', cell: (link) => json(link.rotation) },
  { name: 'preview', cell: (link) => json(link.preview) },
  { name: 'formerSlugs', cell: (link) => tagsCell(link.formerSlugs) },
  { name: 'hasPassword', cell: (link) => link.hasPassword },
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

/** All fields of a link; the compiler knows when one is missing here. */
const LINK_FIELDS: Record<keyof LinkResponse, true> = {
  id: true,
  shortUrl: true,
  url: true,
  domain: true,
  slug: true,
  formerSlugs: true,
  externalId: true,
  title: true,
  tags: true,
  notes: true,
  campaign: true,
  clickIdParam: true,
  forwardQuery: true,
  redirectStatus: true,
  networkId: true,
  sourceId: true,
  cost: true,
  clickLimit: true,
  startsAt: true,
  expiresAt: true,
  expiredUrl: true,
  fallbackUrl: true,
  paused: true,
  archived: true,
  noIndex: true,
  referrerPolicy: true,
  cloak: true,
  hasPassword: true,
  suspended: true,
  rules: true,
  variants: true,
  rotation: true,
  preview: true,
  warnings: true,
  createdAt: true,
  updatedAt: true,
  stats: true,
};

const NAMES: Record<ExportFormat, readonly string[]> = {
  csv: LINK_COLUMNS.map(({ name }) => name),
  json: Object.keys(LINK_FIELDS),
};

/** Why this is no choice of columns (in JSON: of fields), or `undefined` when it is one: `slug,url,clicks`. */
export function columnsProblem(text: unknown, format: ExportFormat): { code: string; message: string } | undefined {
  if (typeof text !== 'string')
    return { code: 'is_string', message: 'send it once, with names separated by commas: slug,url' };
  const names = text.split(',');
  const unknown = names.find((name) => !NAMES[format].includes(name));
  if (unknown !== undefined) {
    const message = `there is no "${unknown.slice(0, 40)}" in ${format}; there are ${NAMES[format].join(', ')}`;
    return { code: 'unknown_column', message };
  }
  const isTwice = new Set(names).size < names.length;
  return isTwice ? { code: 'array_unique', message: 'name each of them once' } : undefined;
}

/** The columns that are asked for, in that order. @param text none: all. */
export function columnsOf(text: string | undefined): readonly CsvColumn<LinkResponse>[] {
  if (text === undefined) return LINK_COLUMNS;
  return text.split(',').flatMap((wanted) => LINK_COLUMNS.filter(({ name }) => name === wanted));
}

/** The link with only the fields that are asked for, in that order. @param text none: all. */
export function fieldsOf(link: LinkResponse, text: string | undefined): Partial<LinkResponse> {
  if (text === undefined) return link;
  return Object.fromEntries(text.split(',').map((name) => [name, link[name as keyof LinkResponse]]));
}
