import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  InvitationListResponse,
  InvitationSentResponse,
} from '../../../src/people/invitations/invitations.dto.js';
import type { MemberListResponse, MemberResponse } from '../../../src/people/members/members.dto.js';
import type { MeResponse } from '../../../src/people/profile/me.dto.js';
import type { ApiKeyCreatedResponse } from '../../../src/workspaces/api-keys/api-keys.dto.js';
import { firstOwner, invitedMember, PASSWORD, signIn } from '../../support/people/people.js';
import { PersonClient } from '../../support/people/person-client.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
let owner: PersonClient;
let number = 0;

beforeAll(async () => {
  app = await TestApp.start();
  owner = await firstOwner(app);
});
afterAll(() => app.close());

const newEmail = (): string => `person-${++number}@brand.example`;
const tokenOf = ({ url }: { url?: string }): string => new URL(url ?? '').hash.slice(1);
const invite = (by: PersonClient, fields: object): Promise<InvitationSentResponse> =>
  by.json('post', '/api/v1/invitations', fields);
const accept = (client: PersonClient, token: string, fields: object = {}): Promise<number> =>
  client.status('post', '/api/v1/auth/invitations/accept', { token, ...fields });
const newcomer = { name: 'New person', password: PASSWORD };

const memberOf = async (person: PersonClient): Promise<MemberResponse> => {
  const { id } = await person.json<MeResponse>('get', '/api/v1/me');
  const { data } = await owner.json<MemberListResponse>('get', '/api/v1/members?limit=100');
  const member = data.find(({ userId }) => userId === id);
  if (member === undefined) throw new Error('no such member');
  return member;
};

const staleSignIn = async (person: PersonClient): Promise<void> => {
  const { id } = await person.json<MeResponse>('get', '/api/v1/me');
  const authenticatedAt = new Date(Date.now() - 11 * 60_000);
  await app.connection.collection('sessions').updateMany({ userId: id }, { $set: { authenticatedAt } });
};

describe('an invitation', () => {
  it('shows its link where no mail is sent, once, and makes its person a member', async () => {
    const email = newEmail();
    const invitation = await invite(owner, { email, role: 'editor' });
    expect(invitation).toMatchObject({ email, role: 'editor', invitedBy: 'Owner of all', isExpired: false });
    const { data } = await owner.json<InvitationListResponse>('get', '/api/v1/invitations');
    expect(data[0]).toMatchObject({ id: invitation.id });
    expect(JSON.stringify(data)).not.toContain(tokenOf(invitation));
    const client = new PersonClient(app.baseUrl);
    const shown = await client.json('post', '/api/v1/auth/invitations/show', { token: tokenOf(invitation) });
    expect(shown).toMatchObject({ email, role: 'editor', workspaceName: 'My workspace', hasAccount: false });
    expect(await accept(client, tokenOf(invitation), newcomer)).toBe(200);
    expect(await client.json<MeResponse>('get', '/api/v1/me')).toMatchObject({
      email,
      workspaces: [{ role: 'editor' }],
    });
    expect(await accept(new PersonClient(app.baseUrl), tokenOf(invitation), newcomer)).toBe(404);
    const { data: log } = await owner.json<{ data: object[] }>('get', '/api/v1/audit-log?action=member.joined');
    expect(log[0]).toMatchObject({ actor: { kind: 'person', name: 'New person' } });
  });

  it('is accepted by one of many that try at once', async () => {
    const token = tokenOf(await invite(owner, { email: newEmail(), role: 'analyst' }));
    const clients = Array.from({ length: 5 }, () => new PersonClient(app.baseUrl));
    const statuses = await Promise.all(clients.map((client) => accept(client, token, newcomer)));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 404 || status === 409)).toHaveLength(4);
  });

  it('can be revoked and sent again; the old link ends', async () => {
    const revoked = await invite(owner, { email: newEmail(), role: 'analyst' });
    expect(await owner.status('delete', `/api/v1/invitations/${revoked.id}`)).toBe(204);
    expect(await accept(new PersonClient(app.baseUrl), tokenOf(revoked), newcomer)).toBe(404);
    const first = await invite(owner, { email: newEmail(), role: 'analyst' });
    const second = await owner.json<InvitationSentResponse>('post', `/api/v1/invitations/${first.id}/resend`);
    expect(await accept(new PersonClient(app.baseUrl), tokenOf(first), newcomer)).toBe(404);
    expect(await accept(new PersonClient(app.baseUrl), tokenOf(second), newcomer)).toBe(200);
  });

  it('ends after seven days', async () => {
    const invitation = await invite(owner, { email: newEmail(), role: 'analyst' });
    const days = (Date.parse(invitation.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThanOrEqual(7);
    const byId = { _id: invitation.id as never };
    await app.connection.collection('invitations').updateOne(byId, { $set: { expiresAt: new Date() } });
    expect(await accept(new PersonClient(app.baseUrl), tokenOf(invitation), newcomer)).toBe(404);
    expect(await owner.status('post', '/api/v1/invitations', { email: invitation.email, role: 'analyst' })).toBe(201);
  });

  it.each([
    ['a bad address', { email: 'nobody' }, 422],
    ['two addresses', { email: 'a@brand.example, b@brand.example' }, 422],
    ['an unknown role', { role: 'king' }, 422],
    ['hidden money for an editor', { role: 'editor', hideMoney: true }, 422],
    ['limits for an admin', { role: 'admin', linkLimits: { tags: ['a'], campaigns: [] } }, 422],
    ['a list of limits', { role: 'editor', linkLimits: [] }, 422],
    ['empty limits', { role: 'editor', linkLimits: { tags: [], campaigns: [] } }, 422],
    ['the owner', { email: 'OWNER@brand.example' }, 409],
  ])('is refused for %s', async (_, fields, status) => {
    const body = { email: newEmail(), role: 'analyst', ...fields };
    expect(await owner.status('post', '/api/v1/invitations', body)).toBe(status);
  });

  it('is one for each address', async () => {
    const body = { email: newEmail(), role: 'analyst' };
    expect(await owner.status('post', '/api/v1/invitations', body)).toBe(201);
    expect(await owner.status('post', '/api/v1/invitations', body)).toBe(409);
  });

  it('is for the invited address: another person cannot accept it, nor can an account without signing in', async () => {
    const other = await invitedMember(app, owner, { email: newEmail(), role: 'analyst' });
    const workspace = await app.createWorkspace();
    const email = newEmail();
    const person = await invitedMember(app, owner, { email, role: 'analyst' });
    const { url } = (await app.api('post', '/invitations', workspace.apiKey).send({ email, role: 'admin' })).body as {
      url: string;
    };
    const token = tokenOf({ url });
    expect(await accept(other, token)).toBe(403);
    expect(await accept(new PersonClient(app.baseUrl), token, newcomer)).toBe(409);
    expect(await accept(person, token)).toBe(200);
    const { workspaces } = await person.json<MeResponse>('get', '/api/v1/me');
    expect(workspaces).toMatchObject([
      { role: 'analyst', isCurrent: false },
      { id: workspace.id, role: 'admin', isCurrent: true },
    ]);
  });
});

describe('rights', () => {
  it('are granted up to the own ones', async () => {
    const admin = await invitedMember(app, owner, { email: newEmail(), role: 'admin' });
    const editorEmail = newEmail();
    const editor = await invitedMember(app, owner, { email: editorEmail, role: 'editor' });
    expect(await admin.status('post', '/api/v1/invitations', { email: newEmail(), role: 'owner' })).toBe(403);
    expect(await admin.status('post', '/api/v1/invitations', { email: newEmail(), role: 'admin' })).toBe(201);
    expect(await editor.status('post', '/api/v1/invitations', { email: newEmail(), role: 'analyst' })).toBe(403);
    const [ownerMember, editorMember] = [await memberOf(owner), await memberOf(editor)];
    for (const body of [{ role: 'analyst' }, {}]) {
      expect(await admin.status('patch', `/api/v1/members/${ownerMember.id}`, body)).toBe(403);
    }
    expect(await admin.status('delete', `/api/v1/members/${ownerMember.id}`)).toBe(403);
    expect(await admin.status('patch', `/api/v1/members/${editorMember.id}`, { role: 'owner' })).toBe(403);
    expect(await admin.status('patch', `/api/v1/members/${editorMember.id}`, { role: 'admin' })).toBe(200);
    // More rights need a new token.
    expect(await editor.status('get', '/api/v1/me')).toBe(401);
    await signIn(editor, editorEmail);
    expect((await editor.json<MeResponse>('get', '/api/v1/me')).scopes).toContain('members:write');
  });

  it('that were lost end what was granted with them: invitations and API keys', async () => {
    const admin = await invitedMember(app, owner, { email: newEmail(), role: 'admin' });
    const key = await admin.json<ApiKeyCreatedResponse>('post', '/api/v1/api-keys', {
      name: 'k',
      scopes: ['links:read', 'members:read'],
    });
    const { id: memberId } = await memberOf(admin);
    const { scopes } = await admin.json<MeResponse>('get', '/api/v1/me');
    const wide = { name: 'k', scopes };
    const inviting = await admin.json<ApiKeyCreatedResponse>('post', '/api/v1/api-keys', wide);
    const byKey = await app.api('post', '/invitations', inviting.key).send({ email: newEmail(), role: 'analyst' });
    const [strong, weak] = [
      await invite(admin, { email: newEmail(), role: 'admin' }),
      await invite(admin, { email: newEmail(), role: 'analyst' }),
    ];
    expect((await app.api('get', '/members', key.key)).status).toBe(200);
    expect(await owner.status('patch', `/api/v1/members/${memberId}`, { role: 'editor' })).toBe(200);
    expect((await app.api('get', '/members', key.key)).status).toBe(403);
    expect((await app.api('get', '/links', key.key)).status).toBe(200);
    expect(await accept(new PersonClient(app.baseUrl), tokenOf(strong), newcomer)).toBe(404);
    expect(await accept(new PersonClient(app.baseUrl), tokenOf(weak), newcomer)).toBe(200);
    expect(byKey.status).toBe(201);
    expect(await owner.status('delete', `/api/v1/members/${memberId}`)).toBe(204);
    expect(await accept(new PersonClient(app.baseUrl), tokenOf(byKey.body as { url: string }), newcomer)).toBe(404);
    expect((await app.api('get', '/links', key.key)).status).toBe(401);
    expect(await admin.status('get', '/api/v1/links')).toBe(403);
    expect((await admin.json<MeResponse>('get', '/api/v1/me')).workspaces).toEqual([]);
  });

  it('of a key are those that the person has at the moment, and never more than the key was given', async () => {
    const admin = await invitedMember(app, owner, { email: newEmail(), role: 'admin' });
    const body = { name: 'all', scopes: ['links:read'] };
    const { key, userId } = await admin.json<ApiKeyCreatedResponse>('post', '/api/v1/api-keys', body);
    expect(userId).toBe((await admin.json<MeResponse>('get', '/api/v1/me')).id);
    expect((await app.api('get', '/links', key)).status).toBe(200);
    expect((await app.api('get', '/members', key)).status).toBe(403);
    expect(await admin.status('post', '/api/v1/api-keys', { name: 'x', scopes: ['*'] })).toBe(403);
    const ofWorkspace = { ...body, belongsTo: 'workspace' };
    const shared = await admin.json<ApiKeyCreatedResponse>('post', '/api/v1/api-keys', ofWorkspace);
    expect(shared.userId).toBeNull();
    await app
      .api('post', '/api-keys')
      .send({ ...body, belongsTo: 'person' })
      .expect(422);
    const ofOwner = await owner.json<ApiKeyCreatedResponse>('post', '/api/v1/api-keys', body);
    expect(await admin.status('post', `/api/v1/api-keys/${ofOwner.id}/rotate`, {})).toBe(403);
    expect(await admin.status('patch', `/api/v1/api-keys/${ofOwner.id}`, { name: 'taken' })).toBe(403);
    await app.api('post', `/api-keys/${ofOwner.id}/rotate`).send({}).expect(403);
    expect(await owner.status('post', `/api/v1/api-keys/${ofOwner.id}/rotate`, {})).toBeLessThan(300);
    expect(await admin.status('delete', `/api/v1/api-keys/${ofOwner.id}`)).toBe(204);
    const strong = await owner.json<ApiKeyCreatedResponse>('post', '/api/v1/api-keys', { name: 's', scopes: ['*'] });
    expect(await admin.status('delete', `/api/v1/api-keys/${strong.id}`)).toBe(403);
  });
});

describe('a person in several workspaces', () => {
  it('who is removed from the current one works in no other by accident', async () => {
    const person = await invitedMember(app, owner, { email: newEmail(), role: 'editor' });
    const { email } = await person.json<MeResponse>('get', '/api/v1/me');
    const other = await app.createWorkspace();
    const invitation = await app.api('post', '/invitations', other.apiKey).send({ email, role: 'editor' });
    expect(await accept(person, tokenOf(invitation.body as { url: string }))).toBe(200);
    const { data } = (await app.api('get', '/members', other.apiKey)).body as MemberListResponse;
    await app.api('delete', `/members/${data[0]?.id}`, other.apiKey).expect(204);
    expect(await person.status('post', '/api/v1/links', { url: 'https://shop.example/' })).toBe(403);
    const { workspaces } = await person.json<MeResponse>('get', '/api/v1/me');
    expect(workspaces).toMatchObject([{ isCurrent: false }]);
    expect(await person.status('post', '/api/v1/me/workspace', { workspaceId: workspaces[0]?.id })).toBe(204);
    expect(await person.status('post', '/api/v1/links', { url: 'https://shop.example/' })).toBe(201);
  });
});

describe('ownership', () => {
  it('is not left by the last owner, and can be handed over', async () => {
    const workspace = await app.createWorkspace();
    const email = newEmail();
    const by = {
      json: async <T>(_m: string, _p: string, body?: unknown) =>
        (await app.api('post', '/invitations', workspace.apiKey).send(body as object)).body as T,
    };
    const first = await invitedMember(app, by, { email, role: 'owner' });
    const second = await invitedMember(app, first, { email: newEmail(), role: 'editor' });
    const { data } = await first.json<MemberListResponse>('get', '/api/v1/members');
    const idOf = async (person: PersonClient): Promise<string> => {
      const { id } = await person.json<MeResponse>('get', '/api/v1/me');
      return data.find(({ userId }) => userId === id)?.id ?? '';
    };
    const [firstId, secondId] = [await idOf(first), await idOf(second)];
    expect(await first.status('delete', `/api/v1/me/workspaces/${workspace.id}`)).toBe(409);
    expect(await first.status('patch', `/api/v1/members/${firstId}`, { role: 'admin' })).toBe(409);
    expect(await first.status('delete', `/api/v1/members/${firstId}`)).toBe(409);
    expect(await first.status('post', `/api/v1/members/${firstId}/hand-over`)).toBe(409);
    expect(await second.status('post', `/api/v1/members/${secondId}/hand-over`)).toBe(403);
    expect(await first.json('post', `/api/v1/members/${secondId}/hand-over`)).toMatchObject({ role: 'owner' });
    expect((await first.json<MeResponse>('get', '/api/v1/me')).workspaces).toMatchObject([{ role: 'admin' }]);
    expect(await first.status('delete', `/api/v1/me/workspaces/${workspace.id}`)).toBe(204);
    expect(await first.status('delete', `/api/v1/me/workspaces/${workspace.id}`)).toBe(404);
  });

  it('of many demotions at once leaves one owner', async () => {
    const workspace = await app.createWorkspace();
    const call = (path: string, body: object) => app.api('post', path, workspace.apiKey).send(body);
    const by = {
      json: async <T>(_m: string, _p: string, body?: unknown) => (await call('/invitations', body as object)).body as T,
    };
    for (let i = 0; i < 3; i++) await invitedMember(app, by, { email: newEmail(), role: 'owner' });
    const { data } = (await app.api('get', '/members', workspace.apiKey)).body as MemberListResponse;
    const answers = await Promise.all(
      data.map(({ id }) => app.api('patch', `/members/${id}`, workspace.apiKey).send({ role: 'editor' })),
    );
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 200, 409]);
  });

  it('of a new workspace is that of the person who creates it', async () => {
    const created = await owner.json<{ id: string }>('post', '/api/v1/workspaces', { name: 'Second' });
    const token = owner.cookies.get('hopback');
    expect(await owner.status('post', '/api/v1/me/workspace', { workspaceId: created.id })).toBe(204);
    expect(owner.cookies.get('hopback')).not.toBe(token);
    const { workspaces } = await owner.json<MeResponse>('get', '/api/v1/me');
    expect(workspaces.find(({ isCurrent }) => isCurrent)).toMatchObject({ id: created.id, role: 'owner' });
    const first = workspaces.find(({ name }) => name === 'My workspace')?.id;
    expect(await owner.status('post', '/api/v1/me/workspace', { workspaceId: first })).toBe(204);
    const stranger = await app.createWorkspace();
    expect(await owner.status('post', '/api/v1/me/workspace', { workspaceId: stranger.id })).toBe(404);
  });
});

describe('a dangerous act', () => {
  it('wants a fresh sign-in', async () => {
    const email = newEmail();
    const admin = await invitedMember(app, owner, { email, role: 'admin' });
    const { id } = await memberOf(await invitedMember(app, owner, { email: newEmail(), role: 'analyst' }));
    await staleSignIn(admin);
    const acts: [string, string, object?][] = [
      ['patch', `/api/v1/members/${id}`, { role: 'editor' }],
      ['delete', `/api/v1/members/${id}`],
      ['post', '/api/v1/api-keys', { name: 'k', scopes: ['links:read'] }],
      ['post', '/api/v1/me/password', { password: 'another-horse-9-battery' }],
      ['post', '/api/v1/me/email', { email: newEmail() }],
      ['post', '/api/v1/me/totp'],
      ['delete', '/api/v1/me', { confirm: email }],
      ['get', '/api/v1/me/export'],
    ];
    for (const [method, path, body] of acts) {
      const { status, text } = await admin.call(method, path, body === undefined ? {} : { body });
      expect({ status, ...(JSON.parse(text) as object) }, `${method} ${path}`).toMatchObject({
        status: 403,
        code: 'sign_in_again',
      });
    }
    expect(await admin.status('get', '/api/v1/links')).toBe(200);
    await signIn(admin, email);
    expect(await admin.status('patch', `/api/v1/members/${id}`, { role: 'editor' })).toBe(200);
  });
});
