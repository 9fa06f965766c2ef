import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Role, ROLES, scopesOfRole } from '../../../src/people/rules/roles.js';
import { ALL_SCOPES, type Scope, SCOPES } from '../../../src/workspaces/scopes.js';
import { type ApiAnswer, ApiClient, type Route, routesOf } from '../../support/api/api-client.js';
import {
  makeSamples,
  neededBody,
  neededQuery,
  parametersOf,
  samplePath,
  type Samples,
  SHARED_KINDS,
} from '../../support/api/api-samples.js';
import { inParallel } from '../../support/in-parallel.js';
import { firstOwner, invitedMember } from '../../support/people/people.js';
import type { PersonClient } from '../../support/people/person-client.js';
import { report } from '../../support/security-report.js';
import { TestApp } from '../../support/test-app.js';

/** Upper bound for some thousand requests on a busy machine: every route with every role. */
const MATRIX_TIMEOUT_MS = 120_000;
/** Routes that a key of the workspace cannot use, whatever its scopes. */
const HAND_OVER = 'POST /api/v1/members/{id}/hand-over';

/** A way to send requests as one role: by the cookie of a person, or by the person's API key. */
interface Access {
  role: Role;
  by: 'cookie' | 'key';
  call: (route: Route, path: string) => Promise<ApiAnswer>;
}

let app: TestApp;
let api: ApiClient;
let routes: Route[];
let forPeople: Route[];
let samples: Samples;
let ids: Set<string>;
let scopesOf: ReadonlyMap<string, ReadonlySet<string>>;
let access: Access[];
let people: Map<Role, PersonClient>;

const NONE: Samples = new Map();

beforeAll(async () => {
  app = await TestApp.start();
  const owned = await app.createWorkspace();
  api = new ApiClient(app.baseUrl, owned.apiKey);
  samples = await makeSamples(api);
  const all = routesOf(await api.document());
  routes = all.filter(({ isClosed }) => isClosed);
  forPeople = all.filter(({ isForPeople }) => isForPeople);
  ids = await idsOf(owned.id);
  ids.delete(owned.id); // the first workspace made it, so its audit log names it
  await app.startReader();
  await app.reportsCaughtUp();
  scopesOf = await openingScopes();
  const owner = await firstOwner(app);
  people = new Map([['owner', owner]]);
  for (const role of ROLES.slice(1)) {
    people.set(role, await invitedMember(app, owner, { email: `${role}@brand.example`, role }));
  }
  access = [];
  for (const [role, person] of people) {
    access.push({ role, by: 'cookie', call: (route, path) => person.call(route.method, path, neededBody(route)) });
    const key = await keyOf(person, role);
    access.push({
      role,
      by: 'key',
      call: (route, path) => api.call(route.method, path, { key, ...neededBody(route) }),
    });
  }
}, MATRIX_TIMEOUT_MS);
afterAll(() => app.close());

/** Every id of ours, anywhere in what is stored of a workspace. */
async function idsOf(workspaceId: string): Promise<Set<string>> {
  let text = '';
  for (const { name } of await app.connection.listCollections()) {
    const filter = { $or: [{ workspaceId }, { _id: workspaceId as never }] };
    text += JSON.stringify(await app.connection.collection(name).find(filter).toArray());
  }
  return new Set(text.match(/(?<=")(?:[a-z]{3}_[0-9A-Za-z]{12,}|[0-9A-Za-z]{20,64})(?=")/g));
}

/** The scopes that open each route, found out with keys of one scope. */
async function openingScopes(): Promise<Map<string, Set<string>>> {
  const found = new Map(routes.map(({ name }) => [name, new Set<string>()]));
  for (const scope of SCOPES) {
    const key = await app.createKey([scope]);
    await inParallel(routes, async (route) => {
      const { status } = await api.call(route.method, samplePath(route, NONE), { key, ...neededBody(route) });
      if (status !== 403) found.get(route.name)?.add(scope);
    });
  }
  return found;
}

/** A key of the person. Analysts and editors cannot make keys themselves, so theirs is stored as an owner's and given to them. */
async function keyOf(person: PersonClient, role: Role): Promise<string> {
  const body = { name: role, scopes: [ALL_SCOPES] };
  const owner = people.get('owner') as PersonClient;
  const { id, key } = await owner.json<{ id: string; key: string }>('post', '/api/v1/api-keys', body);
  const { id: userId } = await person.json<{ id: string }>('get', '/api/v1/me');
  await app.connection.collection<{ _id: string }>('apiKeys').updateOne({ _id: id }, { $set: { userId } });
  return key;
}

const mayUse = (role: Role, { name }: Route): boolean =>
  scopesOfRole(role).includes(ALL_SCOPES) ||
  [...(scopesOf.get(name) ?? [])].some((scope) => scopesOfRole(role).includes(scope as Scope));

const isShared = (route: Route): boolean => parametersOf(route).every(({ kind }) => SHARED_KINDS.has(kind));

describe('every route × role × cookie or key', () => {
  it(
    'in the own workspace is open to the roles that have its scope, and closed to the others',
    async () => {
      const wrong: string[] = [];
      let tried = 0;
      for (const { role, by, call } of access) {
        await inParallel(routes, async (route) => {
          const { status } = await call(route, samplePath(route, NONE));
          tried++;
          const isOpen = status !== 403;
          if (isOpen !== mayUse(role, route) || status === 401 || status >= 500)
            wrong.push(`${role} by ${by}: ${route.name} ${status}`);
        });
      }
      report({ name: 'roles', what: 'routes × roles × cookie/key, own workspace', tried, bad: wrong.length });
      expect(tried).toBeGreaterThan(500);
      expect(wrong).toEqual([]);
    },
    MATRIX_TIMEOUT_MS,
  );

  it(
    'shows nothing of another workspace',
    async () => {
      const wrong: string[] = [];
      let tried = 0;
      for (const { role, by, call } of access) {
        await inParallel(routes, async (route) => {
          const { status, text } = await call(route, samplePath(route, samples) + neededQuery(route));
          tried++;
          const hasId = parametersOf(route).length > 0;
          const isFound = hasId && !isShared(route) && ![403, 404].includes(status);
          const shown = [...ids].filter((id) => text.includes(id));
          if (isFound || status >= 500 || shown.length > 0)
            wrong.push(`${role} by ${by}: ${route.name} ${status} ${shown.join()}`);
        });
      }
      report({ name: 'roles', what: 'routes × roles × cookie/key, other workspace', tried, bad: wrong.length });
      expect(wrong).toEqual([]);
    },
    MATRIX_TIMEOUT_MS,
  );

  it('that is for people alone takes no key and no stranger', async () => {
    expect(forPeople.length).toBeGreaterThan(5);
    for (const route of forPeople) {
      const path = samplePath(route, NONE);
      for (const { by, call, role } of access.filter((one) => one.by === 'key')) {
        expect((await call(route, path)).status, `${route.name} ${role} ${by}`).toBe(403);
      }
      expect((await api.call(route.method, path, { key: null, ...neededBody(route) })).status, route.name).toBe(401);
    }
  });

  it('that is for people alone finds nothing of another person', async () => {
    const owner = people.get('owner') as PersonClient;
    const { data } = await owner.json<{ data: { id: string }[] }>('get', '/api/v1/me/sessions');
    const { workspaces } = await owner.json<{ workspaces: { id: string }[] }>('get', '/api/v1/me');
    const other = await app.createWorkspace();
    const theirs: Samples = new Map([
      ['me/sessions', data[0]?.id ?? ''],
      ['me/passkeys', 'psk_of-another'],
      ['me/identities', 'idn_of-another'],
      ['me/workspaces', other.id],
    ]);
    const withId = forPeople.filter((route) => parametersOf(route).length > 0);
    expect(withId.length).toBeGreaterThan(3);
    const wrong: string[] = [];
    for (const role of ROLES.slice(1)) {
      for (const route of withId) {
        const body = route.name.startsWith('PATCH') ? { body: { name: 'taken' } } : {};
        const { status, text } = await (people.get(role) as PersonClient).call(
          route.method,
          samplePath(route, theirs),
          body,
        );
        if (status !== 404 || text.includes(workspaces[0]?.id ?? '-')) wrong.push(`${role}: ${route.name} ${status}`);
      }
    }
    report({ name: 'roles', what: 'objects of other people', tried: withId.length * 3, bad: wrong.length });
    expect(wrong).toEqual([]);
    expect(await owner.status('get', '/api/v1/me')).toBe(200);
  });

  it('of hand-over is for the owner in person', async () => {
    expect(scopesOf.get(HAND_OVER)).toEqual(new Set(['members:write']));
  });
});
