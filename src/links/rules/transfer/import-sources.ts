export const IMPORT_SOURCES = ['bitly', 'dub', 'rebrandly', 'shortio', 'kutt', 'yourls', 'shlink', 'csv'] as const;
/** The product that wrote a file; `csv` is the caller's own file, or an export of Hopback. */
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
  'formerSlugs',
  'password',
  'deleted',
  'disabled',
  'enabled',
  'state',
] as const;
/** The possible meanings of a column. */
export type ImportField = (typeof TEXT_FIELDS)[number];

type Names = Partial<Record<ImportField, readonly string[]>>;

/** How a product calls things, in plain names (see `plainName`); the first name that is there counts. */
export interface SourceMapping {
  names: Names;
  /** Columns by which a file of this product is known: all of one of these lists. */
  signs: readonly (readonly string[])[];
}

function named(names: string): string[] {
  return names.trim().split(/\s+/);
}

/** Names that nearly all products use. */
const COMMON: Names = {
  url: named(`
    url longurl destinationurl destination originalurl target targeturl longlink originallink
    originallongurl fullurl redirecturl redirectto finalurl landingpage landingurl landingpageurl
    desturl destinationlink linkurl weburl
  `),
  slug: named(`
    slug shortcode slashtag path keyword key address alias shortid code backhalf customurl customslug
    custombackhalf customalias customkeyword customcode custompath vanity vanityurl shortpath shortkey
    shortname shortslug shorturlcode urlcode urlkey urlalias linkkey linkcode linkslug linkalias hash
    token ending short
  `),
  shortUrl: ['shorturl', 'shortlink', 'link', 'secureshorturl', 'bitlink', 'tinyurl', 'shortenedurl', 'shortaddress'],
  domain: ['domain', 'domainname', 'domainfullname', 'hostname', 'brandeddomain', 'shortdomain'],
  title: ['title', 'linktitle', 'pagetitle'],
  tags: ['tags', 'tag', 'labels', 'tagnames'],
  notes: ['notes', 'note', 'comments', 'comment', 'description'],
  redirectStatus: ['redirectstatus', 'redirecttype', 'redirectcode', 'httpstatus', 'statuscode'],
  startsAt: ['startsat', 'startdate', 'validfrom', 'validsince', 'activefrom'],
  expiresAt: named(`
    expiresat expirationdate validuntil expiredat expiration expires expiredate expiry expirydate
    expirytime expirationtime expirationat expireat expireson expiretime expirein validto activeuntil
    enddate endsat ttl
  `),
  expiredUrl: ['expiredurl', 'expirationurl', 'expiryurl'],
  clickLimit: ['clicklimit', 'clickslimit', 'maxvisits', 'maxclicks', 'visitlimit'],
  archived: ['archived', 'isarchived'],
  paused: ['paused', 'ispaused'],
  password: named(`
    password haspassword passwordhash passwordprotected ispasswordprotected isprotected protected
    passwordenabled linkpassword
  `),
  deleted: ['deleted', 'isdeleted', 'deletedat', 'deletedon', 'removed', 'isremoved', 'trashed', 'istrashed'],
  disabled: named('disabled isdisabled disabledat banned isbanned blocked isblocked inactive isinactive'),
  enabled: ['enabled', 'isenabled', 'active', 'isactive'],
  state: ['status', 'state', 'linkstatus'],
};

/** Every field of ours under its own name too: `costAmount` is `costamount`. */
const OWN: Names = {
  ...Object.fromEntries(TEXT_FIELDS.map((field) => [field, [field.toLowerCase()]])),
  ...COMMON,
  formerSlugs: ['formerslugs'],
  id: [],
};

export const SOURCE_MAPPINGS: Readonly<Record<ImportSource, SourceMapping>> = {
  bitly: {
    // An id is the short link without its scheme.
    names: {
      ...COMMON,
      id: ['id', 'bitlinkid'],
      shortUrl: ['link', 'bitlink', 'shortlink', 'shorturl', 'id'],
      // The names that people have given it; the first is the one that it is known by.
      formerSlugs: ['custombitlinks', 'custombitlink'],
    },
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
    names: { ...COMMON, id: ['idstring', 'id'], expiresAt: [...(COMMON.expiresAt ?? [])], cloak: ['cloaking'] },
    signs: [
      ['originalurl', 'path'],
      ['originalurl', 'secureshorturl'],
      ['originalurl', 'shorturl'],
    ],
  },
  kutt: {
    names: {
      ...COMMON,
      id: ['id', 'uuid'],
      expiresAt: ['expirein', ...(COMMON.expiresAt ?? [])],
      title: [],
      notes: ['description'],
    },
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
      startsAt: ['metavalidsince', ...(COMMON.startsAt ?? [])],
      expiresAt: ['metavaliduntil', ...(COMMON.expiresAt ?? [])],
      clickLimit: ['metamaxvisits', ...(COMMON.clickLimit ?? [])],
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

/** The name of a column without case and without what is no letter or digit: `back-half` is `backhalf`. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}
