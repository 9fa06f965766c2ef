// Which module may use which. Arrows go one way only; see docs/architecture.md.
const ALLOWED = {
  platform: [],
  edge: [],
  workspaces: [],
  people: ['workspaces'],
  domains: ['workspaces'],
  networks: ['workspaces'],
  counters: ['workspaces'],
  rates: ['workspaces'],
  imports: ['workspaces'],
  links: ['workspaces', 'domains', 'networks', 'counters', 'imports'],
  clicks: ['workspaces', 'counters', 'rates'],
  redirect: ['edge', 'workspaces', 'domains', 'links', 'clicks'],
  conversions: ['workspaces', 'networks', 'links', 'clicks', 'counters', 'rates', 'imports'],
  postbacks: ['edge', 'workspaces', 'networks', 'links', 'clicks', 'conversions'],
  reports: ['workspaces', 'networks', 'links', 'clicks', 'rates', 'conversions'],
  dashboard: ['people'],
  setup: ['workspaces', 'domains', 'networks', 'links', 'clicks', 'conversions', 'postbacks'],
  demo: ['workspaces', 'domains', 'networks', 'links', 'clicks', 'postbacks'],
  search: ['workspaces', 'domains', 'networks', 'imports', 'links', 'clicks', 'conversions', 'postbacks'],
};

// A folder `rules/` holds the pure code of its module: no Nest, no mongoose, no I/O. So does the shared code below.
const PURE = [
  '.+/rules/',
  'clicks/enrichment/',
  'people/mail/templates/',
  'postbacks/(security|spool)/(?!.*\\.service\\.ts$)',
  'platform/(ids|jobs/lease\\.ts$|money/(?!.*\\.dto\\.ts$)|net|spool|text|time|user-agents)',
  'platform/csv/(?!csv-download)',
  'platform/http/validation/(inspect-body|nesting)\\.ts$',
  'platform/urls/(?!.*\\.service\\.ts$)',
];

// Processes, serving and the first start may use every module; only src/main.ts is above it.
ALLOWED.runtime = Object.keys(ALLOWED);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(ALLOWED).map(([module, others]) => ({
      name: `${module}-knows-only`,
      severity: 'error',
      comment: `${module} may use ${['platform', ...others].join(', ')}`,
      from: { path: `^src/${module}/` },
      to: { path: '^src/', pathNot: `^src/(${[module, 'platform', ...others].join('|')})/` },
    })),
    {
      name: 'edge-is-generic',
      severity: 'error',
      comment: 'The HTTP edge knows Node, the helpers of platform/http and one workaround, and no product.',
      from: { path: '^src/edge/', pathNot: '\\.spec\\.ts$' },
      to: {
        pathNot:
          '^src/(edge|platform/http)/|^src/platform/workarounds/http-server\\.ts$|^(node:)?(http|net|timers/promises)$',
      },
    },
    {
      name: 'every-module-is-listed',
      severity: 'error',
      comment: 'A new folder under src/ needs its line in ALLOWED.',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${Object.keys(ALLOWED).join('|')})/` },
      to: {},
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'pure-logic-stays-pure',
      severity: 'error',
      comment: 'Rules, the spool and the enrichment use neither Nest nor mongoose nor a driver.',
      from: {
        path: `^src/(${PURE.join('|')})`,
      },
      to: { path: 'node_modules/(@nestjs|mongoose|mongodb|ioredis|fastify)' },
    },
    {
      name: 'enrichment-reads-files-in-two-places',
      severity: 'error',
      comment:
        'The databases of addresses are read in mmdb.ts and asn-csv.ts; the rest of the enrichment reads no file.',
      from: { path: '^src/clicks/enrichment/', pathNot: '/(mmdb|asn-csv)\\.ts$|\\.spec\\.ts$' },
      to: { path: '^(node:)?(fs|net|http|child_process|worker_threads)(/|$)' },
    },
    {
      name: 'one-way-out',
      severity: 'error',
      comment: 'Outgoing requests go through the one client that checks addresses.',
      from: { path: '^src/', pathNot: '^src/platform/outbound/' },
      to: { path: 'node_modules/undici|^(node:)?https$' },
    },
    {
      name: 'one-way-for-mail',
      severity: 'error',
      comment: 'Mails leave through the queue of people/mail, which repeats failed ones.',
      from: { path: '^src/', pathNot: '^src/people/mail/mail-transport\\.service\\.ts$' },
      to: { path: 'node_modules/nodemailer' },
    },
    {
      name: 'fallback-without-duckdb',
      severity: 'error',
      comment: 'Reports are read from MongoDB where DuckDB cannot be loaded, so no file of the way there may need it.',
      from: { path: '^src/reports/(fallback/|reader/report-reader\\.ts$)', pathNot: '\\.spec\\.ts$' },
      to: { path: '@duckdb/', reachable: true },
    },
    {
      name: 'not-to-dev-dep',
      severity: 'error',
      from: { path: '^src', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'A file that nothing imports is dead.',
      from: { orphan: true, pathNot: '\\.spec\\.ts$|^src/main\\.ts$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
