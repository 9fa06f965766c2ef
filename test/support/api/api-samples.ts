import { randomBytes } from 'node:crypto';
import { REPORT_REASONS } from '../../../src/links/abuse/abuse-report.schema.js';
import type { ApiClient, Route } from './api-client.js';
import { eventually } from '../eventually.js';

/** What stands before a parameter in a path, from `/api/v1/` on → an example of what the parameter names. */
export type Samples = ReadonlyMap<string, string>;

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** Routes of the instance, which belong to no workspace. */
export const SHARED_KINDS: ReadonlySet<string> = new Set(['network-presets']);

/**
 * One object of each kind that a route can name, in the workspace of the client's key. A new kind of path parameter needs
 * its line here: the tests that go through the OpenAPI document say so.
 */
export async function makeSamples(api: ApiClient): Promise<Samples> {
  const post = (path: string, body: unknown, headers = {}): Promise<{ id: string }> =>
    api.json('post', `/api/v1/${path}`, { body, headers });
  const first = async (path: string): Promise<string> => {
    const { data } = await api.json<{ data: { id: string }[] }>('get', `/api/v1/${path}`);
    return data[0]?.id ?? '';
  };
  const network = (await post('networks', { name: 'Sample', currency: 'EUR' })) as {
    id: string;
    key: string;
    pixelKey: string;
  };
  const link = (await post('links', {
    url: 'https://shop.example/lp',
    networkId: network.id,
    externalId: 'sample',
  })) as { id: string; slug: string; domain: string };
  // Another path leads to no destination, so that the check sends no request.
  await post(`links/${link.id}/check`, { path: '/none' });
  const clickId = await click(api, link);
  await until(api, `clicks/${clickId}`, () => true);
  const postback = await api.json<{ conversionId: string; postbackId: string }>(
    'get',
    `/postback/${network.key}?click_id=${clickId}&event=ftd`,
    { key: null },
  );
  const rates = [{ date: '2001-02-03', currency: 'USD', rate: '1.1' }];
  await api.json('put', '/api/v1/exchange-rates', { body: { base: 'EUR', rates } });
  const csv = { 'content-type': 'text/csv' };
  const imported = await post('conversions/import', `click_id,event\n${clickId},lead\n`, csv);
  await until(api, `conversions/imports/${imported.id}`, ({ status }) => status === 'done');
  const preferAsync = { ...csv, prefer: 'respond-async' };
  const linkImport = await post('links/import?dryRun=true', 'url,slug\nhttps://shop.example/,sample\n', preferAsync);
  await until(api, `links/import/${linkImport.id}`, ({ status }) => status === 'done');
  const changes = `networks/${network.id}/mapping-changes`;
  const mappingChange = await post(changes, { mapping: { events: { sample: 'lead' } } });
  await post(`${changes}/${mappingChange.id}/run`, {});
  await until(api, `${changes}/${mappingChange.id}`, ({ state }) => state === 'done');
  const replay = await post('postbacks/replay', { filter: {}, dryRun: true });
  await until(api, `postbacks/replays/${replay.id}`, ({ state }) => state === 'done');
  await api.call('post', '/_/report', {
    key: null,
    body: `slug=${link.slug}&reason=${REPORT_REASONS[0]}`,
    headers: { host: link.domain, 'content-type': 'application/x-www-form-urlencoded' },
  });
  const template = await post('utm-templates', { name: 'Sample', utm: { source: 'sample' } });
  const visitorRule = await post('visitor-rules', { match: { userAgent: 'SampleScanner' }, as: 'bot' });
  await api.json('put', '/api/v1/costs', { body: { costs: [{ day: '2001-02-03', amount: '5', currency: 'EUR' }] } });
  const member = await joinedMember(api, await post('invitations', { email: newEmail(), role: 'analyst' }));
  const invitation = await post('invitations', { email: newEmail(), role: 'editor' });
  const formula = await post('reports/formulas', { name: 'sample', expression: 'cost / ftds' });
  return new Map([
    ['reports/formulas', formula.id],
    ['members', member],
    ['invitations', invitation.id],
    ['costs', await first('costs')],
    ['abuse-reports', await first('abuse-reports')],
    ['links', link.id],
    ['networks', network.id],
    ['networks/{id}/mapping-changes', mappingChange.id],
    ['clicks', clickId],
    ['conversions', postback.conversionId],
    ['conversions/imports', imported.id],
    ['links/import', linkImport.id],
    ['postbacks', postback.postbackId],
    ['postbacks/replays', replay.id],
    ['domains', await first('domains')],
    ['api-keys', await first('api-keys')],
    ['workspaces', (await api.json<{ id: string }>('get', '/api/v1/workspaces/current')).id],
    ['utm-templates', template.id],
    ['visitor-rules', visitorRule.id],
    ['audit-log', await first('audit-log')],
    // Of people: a key has none, and test/e2e/people/roles tries those of others.
    ['me/sessions', 'ses_of-another-person'],
    ['me/passkeys', 'psk_of-another-person'],
    ['me/identities', 'idn_of-another-person'],
    ['me/workspaces', 'wsp_of-another-person'],
    ['exchange-rates', '2001-02-03'],
    ['network-presets', 'keitaro'],
    ['/postback', network.key],
    ['/pixel', network.pixelKey],
  ]);
}

/** The parameters of a route's path: what stands before each, and what it is called. */
export function parametersOf({ path }: Pick<Route, 'path'>): { kind: string; name: string }[] {
  const segments = path.replace('/api/v1/', '').split('/');
  return segments.flatMap((segment, index) => {
    const name = /^\{(\w+)\}/.exec(segment)?.[1];
    return name === undefined ? [] : [{ kind: segments.slice(0, index).join('/'), name }];
  });
}

/** Parameters for which there is no example: a test that goes through all routes must not leave any out. */
export function unknownKinds(routes: readonly Route[], samples: Samples): string[] {
  const kinds = routes.flatMap(parametersOf).map(({ kind }) => kind);
  return [...new Set(kinds)].filter((kind) => (samples.get(kind) ?? '') === '');
}

/** The query with which a route finds the samples, by its path. */
const QUERIES: Readonly<Record<string, string>> = {
  '/api/v1/search': '?q=sample',
  '/api/v1/conversions/totals': '?txid=t1',
  '/api/v1/reports': '?groupBy=link',
  '/api/v1/reports/values': '?dimension=link',
};

/** Like `samplePath`, with the query that the route needs to answer 200. */
export function sampleTarget(route: Route, samples: Samples): string {
  return samplePath(route, samples) + (route.method === 'get' ? (QUERIES[route.path] ?? '') : '');
}

/** Bodies for routes that would be refused for their input before they have looked for their object. */
const NEEDED_BODIES: Readonly<Record<string, object>> = {
  'PATCH /api/v1/conversions/{id}': { note: 'a note' },
  'POST /api/v1/networks/{id}/preview': { query: 'click_id=1' },
  'POST /api/v1/networks/{id}/mapping-changes': { windows: {} },
  'POST /api/v1/networks/{id}/mapping-changes/preview': { windows: {} },
};

/** The least body with which a route looks for its object. */
export function neededBody({ method, name }: Route): { body?: object } {
  return method === 'get' ? {} : { body: NEEDED_BODIES[name] ?? {} };
}

/** The least query with which a route looks for its object. */
export function neededQuery({ name }: Route): string {
  return name === 'DELETE /api/v1/links/{id}/aliases' ? '?slug=none' : '';
}

/** A route's path with examples in place of its parameters. */
export function samplePath(route: Route, samples: Samples): string {
  let path = route.path;
  for (const { kind, name } of parametersOf(route)) path = path.replace(`{${name}}`, samples.get(kind) ?? 'none');
  return path;
}

function newEmail(): string {
  return `sample-${randomBytes(6).toString('hex')}@brand.example`;
}

/** Accepts an invitation, and gives the id of the member. */
async function joinedMember(api: ApiClient, invitation: { id: string; url?: string }): Promise<string> {
  const token = new URL(invitation.url ?? '').hash.slice(1);
  const body = { token, name: 'Sample', password: randomBytes(12).toString('hex') };
  await api.json('post', '/api/v1/auth/invitations/accept', { key: null, body });
  const { data } = await api.json<{ data: { id: string }[] }>('get', '/api/v1/members');
  return data[0]?.id ?? '';
}

async function click(api: ApiClient, { slug, domain }: { slug: string; domain: string }): Promise<string> {
  const { status, headers } = await api.call('get', `/${slug}?sub1=sample`, {
    key: null,
    headers: { host: domain, 'user-agent': BROWSER },
  });
  const id =
    URL.canParse(String(headers['location'])) && new URL(String(headers['location'])).searchParams.get('click_id');
  if (!id) throw new Error(`no click id: ${status}`);
  return id;
}

async function until(api: ApiClient, path: string, isDone: (body: Record<string, unknown>) => boolean): Promise<void> {
  await eventually(
    () => api.call('get', `/api/v1/${path}`),
    ({ status, text }) => status === 200 && isDone(JSON.parse(text) as Record<string, unknown>),
  );
}
