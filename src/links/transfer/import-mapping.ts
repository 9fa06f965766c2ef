import { parseUrl } from '../../platform/urls/parse-url.js';
import { createHash } from 'node:crypto';
import { parseTime } from '../../platform/time/parse-time.js';
import type { FieldProblem } from '../../platform/http/problem.js';
import type { ImportRow } from './import-rows.js';
import { type ImportField, type ImportSource, SOURCE_MAPPINGS, TEXT_FIELDS } from './import-sources.js';

/** A row as a request would have it, not judged yet. */
export interface MappedRow {
  fields: Record<string, unknown>;
  /** The host that its short link was on. */
  domain: string | undefined;
  problems: FieldProblem[];
}

/** What a cell says where a link has no click-id parameter: an empty cell means "as usual". */
export const NO_PARAM = '(none)';

const LIKE_FORMULA = /^'(?=["\s]*[=+\-@＝＋－＠]|[\t\r\n])/;

/**
 * Takes a row for what it says in its product's words.
 * @param nth how many rows before it lead to the same URL: what tells rows apart that have neither id nor slug.
 */
export function mapRow(row: ImportRow, source: ImportSource, nth: number): MappedRow {
  const problems: FieldProblem[] = [];
  const text = reader(row, source);
  const short = shortUrlOf(text('shortUrl'));
  const slug = text('slug') ?? short?.slug;
  const fields: Record<string, unknown> = {
    url: text('url'),
    slug: slug === undefined ? undefined : withoutSlashes(slug),
    externalId: externalIdOf(source, nth, text),
    title: text('title')?.slice(0, 200),
    tags: tagsOf(row, source, text('tags')),
    notes: text('notes')?.slice(0, 5_000),
    campaign: text('campaign'),
    forwardQuery: text('forwardQuery'),
    networkId: text('networkId'),
    sourceId: text('sourceId'),
    expiredUrl: text('expiredUrl'),
    fallbackUrl: text('fallbackUrl'),
    redirectStatus: number(text('redirectStatus')),
    clickLimit: number(text('clickLimit')),
    startsAt: time('startsAt', text('startsAt'), problems),
    expiresAt: time('expiresAt', text('expiresAt'), problems),
    paused: flag(text('paused')),
    archived: flag(text('archived')),
    noIndex: flag(text('noIndex')),
    referrerPolicy: text('referrerPolicy'),
    cloak: flag(text('cloak')),
    clickIdParam: hasNoParam(row, source, text('clickIdParam')) ? null : text('clickIdParam'),
    cost: costOf(row, text),
    ...structured(row, text, problems),
  };
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { fields: given, domain: text('domain')?.toLowerCase() ?? short?.domain, problems };
}

/** Column names that nothing is known about. */
export function ignoredColumns(plainColumns: readonly string[], source: ImportSource): Set<string> {
  const known = new Set(TEXT_FIELDS.flatMap((field) => SOURCE_MAPPINGS[source].names[field] ?? []));
  if (source === 'csv') known.add('cost'); // of JSON; a cell has its parts
  return new Set(plainColumns.filter((name) => !known.has(name)));
}

function hasNoParam({ parts }: ImportRow, source: ImportSource, text: string | undefined): boolean {
  return text === NO_PARAM || (source === 'csv' && parts.get('clickidparam') === null);
}

type TextOf = (field: ImportField) => string | undefined;

function reader({ values }: ImportRow, source: ImportSource): TextOf {
  const { names } = SOURCE_MAPPINGS[source];
  return (field) => {
    const name = names[field]?.find((candidate) => values.has(candidate));
    const value = name === undefined ? undefined : values.get(name);
    // What an export made harmless for spreadsheets is what it was.
    return source === 'csv' ? value?.replace(LIKE_FORMULA, '') : value;
  };
}

/** `https://bit.ly/3xYz`, `bit.ly/3xYz` */
function shortUrlOf(text: string | undefined): { domain: string; slug: string | undefined } | undefined {
  if (text === undefined) return undefined;
  const withScheme = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  const url = parseUrl(withScheme);
  if (url === undefined) return undefined;
  const { hostname, pathname } = url;
  let path = pathname;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    // Then it stays as it is.
  }
  return { domain: hostname, slug: withoutSlashes(path) || undefined };
}

function withoutSlashes(path: string): string {
  return path.replace(/^\/+/, '').replace(/\/+$/, '');
}

/** The same row gets the same one each time, so that an import can be repeated. */
function externalIdOf(source: ImportSource, nth: number, text: TextOf): string {
  const own = text('externalId');
  if (own !== undefined) return own;
  const address = text('id') ?? text('shortUrl') ?? [text('domain'), text('slug')].filter(Boolean).join('/');
  const key = address === '' ? `${nth}:${text('url')}` : address;
  const plain = `${source}:${key.replace(/^https?:\/\//i, '').replaceAll('/', ':')}`;
  if (address !== '' && /^[\w.:-]{1,128}$/.test(plain)) return plain;
  return `${source}:${createHash('sha256').update(key).digest('base64url').slice(0, 32)}`;
}

function tagsOf({ parts }: ImportRow, source: ImportSource, text: string | undefined): string[] | undefined {
  const name = SOURCE_MAPPINGS[source].names.tags?.find((candidate) => parts.has(candidate));
  const list = name === undefined ? undefined : parts.get(name);
  if (Array.isArray(list)) return list.flatMap(tagName);
  if (text === undefined) return undefined;
  if (text.startsWith('[')) {
    try {
      const parsed = JSON.parse(text) as unknown;
      if (Array.isArray(parsed)) return parsed.flatMap(tagName);
    } catch {
      // Then it is a tag that begins so.
    }
  }
  return [...new Set(text.split(text.includes('|') ? '|' : ',').map((tag) => tag.trim()))].filter((tag) => tag !== '');
}

/** How `tagsOf` reads them back. */
export function tagsCell(tags: readonly string[]): string {
  const isPlain = tags.every((tag) => tag.trim() === tag && !/[|,[]/.test(tag));
  return isPlain ? tags.join(', ') : JSON.stringify(tags);
}

function tagName(tag: unknown): string[] {
  if (typeof tag === 'string') return [tag];
  const name = (tag as { name?: unknown } | null)?.name;
  return typeof name === 'string' ? [name] : [];
}

function costOf({ parts }: ImportRow, text: TextOf): unknown {
  const [amount, currency] = [text('costAmount'), text('costCurrency')];
  return parts.get('cost') ?? (amount === undefined ? undefined : { amount, currency });
}

/** Fields that are objects: in JSON as they are, in a cell as JSON. */
function structured({ parts }: ImportRow, text: TextOf, problems: FieldProblem[]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const field of ['rules', 'variants', 'rotation', 'preview'] as const) {
    const cell = text(field);
    if (parts.has(field)) found[field] = parts.get(field);
    else if (cell !== undefined) {
      try {
        found[field] = JSON.parse(cell);
      } catch {
        problems.push({ path: field, code: 'json', message: 'it is no JSON' });
      }
    }
  }
  return found;
}

function time(path: string, text: string | undefined, problems: FieldProblem[]): string | undefined {
  if (text === undefined) return undefined;
  const parsed = parseTime(text);
  if (parsed === undefined)
    problems.push({ path, code: 'is_time', message: `"${text}" is no time that is understood` });
  return parsed?.toISOString();
}

function number(text: string | undefined): unknown {
  return text === undefined ? undefined : /^\d+$/.test(text) ? Number(text) : text;
}

function flag(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  if (/^(?:true|yes|1)$/i.test(text)) return true;
  return /^(?:false|no|0)$/i.test(text) ? false : text;
}

/** Where the row leads, in its own words. */
export function urlOf(row: ImportRow, source: ImportSource): string {
  return reader(row, source)('url') ?? '';
}
