import { OwnerLinks } from '../../../src/people/first-owner/owner-links.service.js';
import type { Role } from '../../../src/people/rules/roles.js';
import type { TestApp } from '../test-app.js';
import { PersonClient } from './person-client.js';

export const PASSWORD = 'correct-horse-7-battery';

/** The browser of the first owner, who is made here if there is none. */
export async function firstOwner(app: TestApp, email = 'owner@brand.example'): Promise<PersonClient> {
  const client = new PersonClient(app.baseUrl);
  const link = new URL(app.app.get(OwnerLinks).create());
  const body = { token: link.hash.slice(1), email, name: 'Owner of all', password: PASSWORD };
  await client.json('post', '/api/v1/auth/owner', body);
  return client;
}

/** The browser of a new member, invited by a person or by a key. */
export async function invitedMember(
  app: TestApp,
  by: { json: <T>(method: string, path: string, body?: unknown) => Promise<T> },
  member: { email: string; role: Role; hideMoney?: boolean; linkLimits?: { tags: string[]; campaigns: string[] } },
): Promise<PersonClient> {
  const { url } = await by.json<{ url: string }>('post', '/api/v1/invitations', member);
  const client = new PersonClient(app.baseUrl);
  const body = { token: new URL(url).hash.slice(1), name: `Person ${member.email}`, password: PASSWORD };
  await client.json('post', '/api/v1/auth/invitations/accept', body);
  return client;
}

export async function signIn(client: PersonClient, email: string, password = PASSWORD): Promise<PersonClient> {
  await client.json('post', '/api/v1/auth/sign-in', { email, password });
  return client;
}
