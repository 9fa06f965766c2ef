export const IMPORT_SOURCES = ['bitly', 'dub', 'rebrandly', 'shortio', 'kutt', 'yourls', 'shlink', 'csv'] as const;
/** Where a file comes from; `csv` is a file of one's own, or one that was exported here. */
export type ImportSource = (typeof IMPORT_SOURCES)[number];

export const TEXT_FIELDS = [
  'id',
  'url',
  'slug',
  'shortUrl',
  'domain',
  'externalId',
  'title',
  'tags',
  'notes',
  'campaign',
  'clickIdParam',
  'forwardQuery',
  'redirectStatus',
  'networkId',
  'sourceId',
  'costAmount',
  'costCurrency',
  'clickLimit',
  'startsAt',
  'expiresAt',
  'expiredUrl',
  'fallbackUrl',
  'paused',
  'archived',
  'noIndex',
  'referrerPolicy',
  'cloak',
  'rules',
  'variants',
  'rotation',
  'preview',
] as const;
/** What a column can be taken for. */
export type ImportField = (typeof TEXT_FIELDS)[number];

type Names = Partial<Record<ImportField, readonly string[]>>;

/** How a product calls things, without case and without what is no letter or digit; the first name that is there counts. */
export interface SourceMapping {
  names: Names;
  /** Columns by which a file of this product is known: all of one of these lists. */
  signs: readonly (readonly string[])[];
}

/** What nearly everybody calls so. */
const COMMON: Names = {
  url: ['url', 'longurl', 'destinationurl', 'destination', 'originalurl', 'target', 'targeturl'],
  slug: ['slug', 'shortcode', 'slashtag', 'path', 'keyword', 'key', 'address', 'alias'],
  shortUrl: ['shorturl', 'shortlink', 'link', 'secureshorturl'],
  domain: ['domain', 'domainname', 'domainfullname', 'hostname'],
  title: ['title'],
  tags: ['tags', 'tag', 'labels'],
  notes: ['notes', 'note', 'comments', 'comment', 'description'],
  expiresAt: ['expiresat', 'expirationdate', 'validuntil'],
  expiredUrl: ['expiredurl', 'expirationurl'],
  clickLimit: ['clicklimit', 'clickslimit', 'maxvisits'],
  archived: ['archived', 'isarchived'],
};

/** Every field of ours under its own name too: `costAmount` is `costamount`. */
const OWN: Names = {
  ...Object.fromEntries(TEXT_FIELDS.map((field) => [field, [field.toLowerCase()]])),
  ...COMMON,
  id: [],
};

export const SOURCE_MAPPINGS: Readonly<Record<ImportSource, SourceMapping>> = {
  bitly: {
    // An id is the short link without its scheme.
    names: { ...COMMON, id: ['id', 'bitlinkid'], shortUrl: ['link', 'bitlink', 'shortlink', 'shorturl', 'id'] },
    signs: [['longurl', 'link', 'createdat'], ['bitlink'], ['bitlinkid'], ['longurl', 'custombitlinks']],
  },
  dub: {
    names: {
      ...COMMON,
      id: ['id', 'linkid'],
      externalId: ['externalid'],
      notes: ['comments', 'notes'],
      cloak: ['rewrite'],
    },
    signs: [
      ['shortlink', 'destinationurl'],
      ['key', 'domain', 'url'],
    ],
  },
  rebrandly: {
    names: { ...COMMON, id: ['id', 'linkid'], notes: ['description', 'note', 'notes'] },
    signs: [['slashtag', 'destination'], ['slashtag'], ['destinationurl', 'brandeddomain']],
  },
  shortio: {
    names: { ...COMMON, id: ['idstring', 'id'], expiresAt: ['expiresat', 'ttl'], cloak: ['cloaking'] },
    signs: [
      ['originalurl', 'path'],
      ['originalurl', 'secureshorturl'],
      ['originalurl', 'shorturl'],
    ],
  },
  kutt: {
    names: { ...COMMON, id: ['id', 'uuid'], expiresAt: ['expirein', 'expiresat'], title: [], notes: ['description'] },
    signs: [['address', 'target']],
  },
  yourls: {
    names: { ...COMMON, id: ['keyword'] },
    signs: [
      ['keyword', 'url'],
      ['shorturl', 'url', 'timestamp', 'ip'],
    ],
  },
  shlink: {
    names: {
      ...COMMON,
      id: [],
      startsAt: ['metavalidsince', 'validsince'],
      expiresAt: ['metavaliduntil', 'validuntil'],
      clickLimit: ['metamaxvisits', 'maxvisits'],
    },
    signs: [
      ['shortcode', 'longurl'],
      ['longurl', 'shorturl', 'visits'],
    ],
  },
  csv: { names: OWN, signs: [] },
};

/** Which product made a file with these columns. @param columns plain, see `plainName`. */
export function detectSource(columns: ReadonlySet<string>): ImportSource {
  // Our own export has names of others in it.
  if (columns.has('clickidparam')) return 'csv';
  const order: ImportSource[] = ['kutt', 'rebrandly', 'yourls', 'shortio', 'bitly', 'shlink', 'dub'];
  const found = order.find((source) =>
    SOURCE_MAPPINGS[source].signs.some((sign) => sign.every((column) => columns.has(column))),
  );
  return found ?? 'csv';
}

export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
