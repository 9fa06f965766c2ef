import { expect, it } from 'vitest';
import { type Scope, SCOPES } from '../../../src/workspaces/scopes.js';
import type { TestApp } from '../test-app.js';
import { expectProblem } from './expect-problem.js';

type Endpoint = [method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, scope: Scope];

/** Declares the access tests of each endpoint: it needs a key with the right scope. */
export function itAsksForKeyAndScope(getApp: () => TestApp, endpoints: Endpoint[]): void {
  it.each(endpoints)('%s %s without a key is a 401', async (method, path) => {
    const response = await getApp().api(method, path, null);
    expectProblem(response, 401);
    expect(response.headers['www-authenticate']).toBe('Bearer');
  });

  it.each(endpoints)('%s %s with a junk key is a 401', async (method, path) => {
    for (const key of ['junk', 'junk-of-more-than-24-characters']) {
      expectProblem(await getApp().api(method, path, key), 401);
    }
  });

  it.each(endpoints)('%s %s with a key of every scope but %s is a 403 that names it', async (method, path, scope) => {
    const app = getApp();
    const key = await app.createKey(SCOPES.filter((other) => other !== scope));
    expect(expectProblem(await app.api(method, path, key), 403).detail).toContain(scope);
  });

  it.each(endpoints)('%s %s with a key of no scope but %s goes through', async (method, path, scope) => {
    const app = getApp();
    const { status } = await app.api(method, path, await app.createKey([scope]));
    expect([401, 403]).not.toContain(status);
  });
}
