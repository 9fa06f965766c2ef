// Which room may know which. Arrows go one way only; see docs/architecture.md.
const ALLOWED = {
  platform: [],
  edge: [],
  workspaces: [],
  domains: ['workspaces'],
  networks: ['workspaces'],
  reports: ['workspaces'],
  rates: ['workspaces'],
  links: ['workspaces', 'domains', 'networks', 'reports'],
  clicks: ['workspaces', 'reports'],
  redirect: ['edge', 'workspaces', 'domains', 'links', 'clicks'],
  conversions: ['workspaces', 'networks', 'links', 'clicks', 'reports', 'rates'],
  postbacks: ['edge', 'workspaces', 'networks', 'links', 'clicks', 'conversions'],
};

// What knows neither Nest nor mongoose nor any I/O: a folder, or a file without its ending.
const PURE = [
  'links/destination/',
  'links/warnings/',
  'links/routing/(?!.*\\.(service|controller|dto|validators)\\.ts$)',
  'networks/reading/',
  'postbacks/reading/',
  'postbacks/process/rules/',
  'postbacks/reprocess/(due|chargeback-due|replayable)\\.ts$',
  'postbacks/(security|spool)/(?!.*\\.service\\.ts$)',
  'platform/spool/',
  'platform/(money/(?!.*\\.dto\\.ts$)|text/|time/)',
  'platform/csv/(?!csv-download)',
  'links/transfer/import-(columns|mapping|rows|sources|values)\\.ts$',
  'platform/urls/(?!.*\\.service\\.ts$)',
  'platform/ids/',
  'platform/net/',
  'platform/jobs/lease\\.ts$',
  'platform/user-agents/',
  'clicks/click-(id|query|id-hint)\\.ts$',
  'clicks/enrichment/',
  'clicks/visitor-rules/(visitor-match|compiled-visitor-rules|rule-preview|apply-visitor-rules)\\.ts$',
  'conversions/(status|first-deposits|apply-event|applied-update|deciding-amount|settle-updates|known-updates|refunds|conversion-notices|contribution|dedupe-key|ledger)\\.ts$',
  'conversions/import/(import-row|import-columns|file-conventions)\\.ts$',
  'redirect/slug-slips\\.ts$',
  'reports/(counter-delta|move-to-human)\\.ts$',
  'rates/(judge-rates|rate-days|rate-values|rates-csv|sample-rates)\\.ts$',
  'platform/http/(inspect-body|nesting)\\.ts$',
];

// Processes, serving and the first start may use every module; only src/main.ts is above it.
ALLOWED.runtime = Object.keys(ALLOWED);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(ALLOWED).map(([room, others]) => ({
      name: `${room}-knows-only`,
      severity: 'error',
      comment: `${room} may use ${['platform', ...others].join(', ')}`,
      from: { path: `^src/${room}/` },
      to: { path: '^src/', pathNot: `^src/(${[room, 'platform', ...others].join('|')})/` },
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
      name: 'every-room-is-listed',
      severity: 'error',
      comment: 'A new folder under src/ needs its line in ALLOWED.',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${Object.keys(ALLOWED).join('|')})/` },
      to: {},
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'pure-logic-stays-pure',
      severity: 'error',
      comment:
        'Macros, mapping, the state machine, click ids, the spool and the enrichment know neither Nest nor mongoose.',
      from: {
        path: `^src/(${PURE.join('|')})`,
      },
      to: { path: 'node_modules/(@nestjs|mongoose|mongodb|ioredis|fastify)' },
    },
    {
      name: 'enrichment-reads-files-in-two-places',
      severity: 'error',
      comment: 'The databases of addresses are read in mmdb.ts and asn-csv.ts; the rest of the enrichment asks nobody.',
      from: { path: '^src/clicks/enrichment/', pathNot: '/(mmdb|asn-csv)\\.ts$|\\.spec\\.ts$' },
      to: { path: '^(node:)?(fs|net|http|child_process|worker_threads)(/|$)' },
    },
    {
      name: 'one-way-out',
      severity: 'error',
      comment: 'Whatever this program asks of others goes through the one client that judges addresses.',
      from: { path: '^src/', pathNot: '^src/platform/outbound/' },
      to: { path: 'node_modules/undici|^(node:)?https$' },
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
