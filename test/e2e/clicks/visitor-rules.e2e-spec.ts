import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClickResponse } from '../../../src/clicks/clicks.dto.js';
import type {
  VisitorRuleListResponse,
  VisitorRulePreviewResponse,
  VisitorRuleResponse,
} from '../../../src/clicks/visitor-rules/visitor-rules.dto.js';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { newId } from '../../../src/platform/ids/ids.js';
import { eventually } from '../../support/eventually.js';
import { BROWSER, TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

const UNKNOWN_ID = 'vrl_00000000000000000000';
const TRUSTED = { TRUSTED_PROXIES: '127.0.0.1/32' };

let app: TestApp;
let second: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ env: TRUSTED });
  second = await TestApp.start({ sharing: app, env: TRUSTED });
});
afterAll(async () => {
  await second.close();
  await app.close();
});

const post = (fields: object, key = app.apiKey) => app.api('post', '/visitor-rules', key).send(fields);
const add = async (fields: object, key = app.apiKey): Promise<VisitorRuleResponse> => {
  const response = await post(fields, key);
  if (response.status !== 201) throw new Error(`rule: ${response.status} ${response.text}`);
  return response.body as VisitorRuleResponse;
};
const patch = (id: string, fields: object) => app.api('patch', `/visitor-rules/${id}`).send(fields);
const preview = async (fields: object, key = app.apiKey): Promise<VisitorRulePreviewResponse> => {
  const response = await app.api('post', '/visitor-rules/preview', key).send(fields);
  expect(response.status).toBe(200);
  return response.body as VisitorRulePreviewResponse;
};
const agent = (word: string): string => `${BROWSER} ${word}/1.2`;

interface Visit {
  userAgent?: string;
  ip?: string;
  on?: TestApp;
  headers?: Record<string, string>;
}

async function visit(link: LinkResponse, { userAgent = BROWSER, ip = '198.51.100.7', on = app, headers = {} }: Visit) {
  return on.click(link).set('user-agent', userAgent).set('x-forwarded-for', ip).set(headers);
}

async function clickAs(link: LinkResponse, request: Visit): Promise<ClickResponse> {
  const response = await visit(link, request);
  expect(response.status).toBe(302);
  return app.storedClick(new URL(response.headers['location'] ?? '').searchParams.get('click_id') ?? '');
}

describe('access to visitor rules', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['get', '/visitor-rules', 'clicks:read'],
      ['post', '/visitor-rules', 'clicks:write'],
      ['post', '/visitor-rules/preview', 'clicks:read'],
      ['get', `/visitor-rules/${UNKNOWN_ID}`, 'clicks:read'],
      ['patch', `/visitor-rules/${UNKNOWN_ID}`, 'clicks:write'],
      ['delete', `/visitor-rules/${UNKNOWN_ID}`, 'clicks:write'],
    ],
  );

  it('is a 404 for an unknown id and another workspace’s, and leaves that as it is', async () => {
    const { apiKey } = await app.createWorkspace();
    const foreign = await add({ match: { asn: 64_500 }, as: 'bot' }, apiKey);
    for (const id of [UNKNOWN_ID, 'nonsense', foreign.id]) {
      expectProblem(await app.api('get', `/visitor-rules/${id}`), 404);
      expectProblem(await patch(id, { as: 'person' }), 404);
      expectProblem(await app.api('delete', `/visitor-rules/${id}`), 404);
    }
    const { data } = (await app.api('get', '/visitor-rules', apiKey)).body as VisitorRuleListResponse;
    expect(data).toEqual([foreign]);
  });
});

describe('K12 a visitor rule', () => {
  it('is created, read, changed and deleted, and each is in the audit log', async () => {
    const rule = await add({ match: { userAgent: 'CrudGuard', asn: 'AS64511' }, as: 'bot', name: 'Guard' });
    expect(rule).toEqual({
      id: expect.stringMatching(/^vrl_[0-9A-Za-z]{20}$/),
      name: 'Guard',
      match: { userAgent: 'CrudGuard', asn: 64_511 },
      as: 'bot',
      createdAt: expect.any(String),
      updatedAt: rule.createdAt,
    });
    expect((await app.api('get', `/visitor-rules/${rule.id}`)).body).toEqual(rule);
    const address = ['203.0.113.0/24', '2001:db8::/32'];
    expect((await patch(rule.id, { match: { address } })).body).toMatchObject({ match: { address }, as: 'bot' });
    expect((await patch(rule.id, { as: 'person', name: null })).body).toEqual({
      ...rule,
      name: null,
      match: { address },
      as: 'person',
      updatedAt: expect.any(String),
    });
    expect((await app.api('delete', `/visitor-rules/${rule.id}`)).status).toBe(204);
    expectProblem(await app.api('get', `/visitor-rules/${rule.id}`), 404);
    const { data } = (await app.api('get', `/audit-log?objectId=${rule.id}`)).body as { data: object[] };
    expect(data).toMatchObject([
      { action: 'visitor-rule.deleted', before: { as: 'person' } },
      { action: 'visitor-rule.updated', before: { name: 'Guard' }, after: { as: 'person' } },
      { action: 'visitor-rule.updated', after: { match: { address } } },
      { action: 'visitor-rule.created', after: { name: 'Guard', as: 'bot' } },
    ]);
  });

  it('is refused by its fields, all at once', async () => {
    expectInvalid(await post({}), 'match', 'as');
    expectInvalid(await post({ match: {}, as: 'robot', order: 1 }), 'match', 'as', 'order');
    expectInvalid(await post({ match: 'x', as: 'bot' }), 'match');
    expectInvalid(await post({ match: null, as: 'bot' }), 'match');
    expectInvalid(
      await post({ match: { userAgent: ' ', asn: 0, address: '10.0.0.0/33', host: 'x' }, as: 'bot', name: '' }),
      'match.userAgent',
      'match.asn',
      'match.address',
      'match.host',
      'name',
    );
    for (const match of [
      { userAgent: [] },
      { userAgent: null },
      { asn: 'x' },
      { address: ['1'] },
      { asn: { $gt: 0 } },
    ]) {
      expectInvalid(await post({ match, as: 'bot' }), `match.${Object.keys(match)[0]}`);
    }
    const { id } = await add({ match: { userAgent: 'Refused' }, as: 'bot' });
    expectInvalid(await patch(id, { match: {}, as: null, workspaceId: 'x' }), 'match', 'as', 'workspaceId');
    const response = await app.api('post', '/visitor-rules/preview').send({ match: {}, as: 'bot', name: 'x' });
    expectInvalid(response, 'match', 'name');
  });

  it('is created once for an Idempotency-Key', async () => {
    const once = () => post({ match: { userAgent: 'OnceGuard' }, as: 'bot' }).set('idempotency-key', 'rule-1');
    const [first, again] = [await once(), await once()];
    expect([again.status, again.body]).toEqual([201, first.body]);
  });

  it('is one of 200 at most, listed in pages, newest first', async () => {
    const { apiKey, id: workspaceId } = await app.createWorkspace();
    const rules = Array.from({ length: 198 }, (_, i) => {
      const at = new Date(Date.UTC(2026, 0, 1) + i);
      const fields = { name: null, match: { userAgent: `Guard${i}` }, as: 'bot', createdAt: at, updatedAt: at };
      return { _id: newId('vrl', at.getTime()), workspaceId, ...fields };
    });
    await app.connection.collection<{ _id: string }>('visitorRules').insertMany(rules);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) => post({ match: { asn: i + 1 }, as: 'bot' }, apiKey)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    const refused = answers.find(({ status }) => status !== 201);
    expect(expectProblem(refused ?? expect.fail(), 409).detail).toContain('200');
    const first = (await app.api('get', '/visitor-rules?limit=100', apiKey)).body as VisitorRuleListResponse;
    const next = await app.api('get', `/visitor-rules?limit=100&cursor=${first.page.nextCursor}`, apiKey);
    const all = [...first.data, ...(next.body as VisitorRuleListResponse).data];
    expect(all).toHaveLength(200);
    expect(all.slice(2).map(({ id }) => id)).toEqual(rules.map(({ _id }) => _id).toReversed());
    expect((next.body as VisitorRuleListResponse).page).toEqual({ hasMore: false, nextCursor: null });
  });

  it('is in the export of its workspace, and goes with it', async () => {
    const { apiKey, id } = await app.createWorkspace();
    const rule = await add({ match: { userAgent: 'Exported' }, as: 'bot' }, apiKey);
    const { text } = await app.api('get', '/workspaces/export', apiKey);
    expect(text).toContain(`{"section":"visitorRules","data":{"_id":"${rule.id}"`);
    const deletion = await app.api('delete', '/workspaces/current', apiKey).send({ confirm: 'Other' });
    expect(deletion.status).toBe(202);
    await app.finishDeletion(id);
    await expect
      .poll(() => app.connection.collection('visitorRules').countDocuments({ workspaceId: id }), { timeout: 20_000 })
      .toBe(0);
  });
});

describe('K12 the clicks of a workspace with visitor rules', () => {
  it.each<[string, object, Visit]>([
    ['a user agent', { userAgent: 'MAILGUARD' }, { userAgent: agent('MailGuard') }],
    ['an address', { address: '192.0.2.66' }, { ip: '192.0.2.66' }],
    ['a range', { address: ['2001:db8:7::/48'] }, { ip: '2001:db8:7::1' }],
    ['a network', { asn: 20_712 }, { ip: '81.2.69.142' }],
    [
      'several at once',
      { userAgent: 'Several', address: '192.0.2.0/24' },
      { userAgent: agent('several'), ip: '192.0.2.9' },
    ],
  ])('are a program’s where a rule names %s, and are redirected all the same', async (_, match, request) => {
    const link = await app.createLink();
    expect(await clickAs(link, request)).toMatchObject({ isBot: false, visitorRuleId: null });
    const rule = await add({ match, as: 'bot' });
    await eventually(
      () => clickAs(link, request),
      ({ isBot }) => isBot,
    );
    expect(await clickAs(link, request)).toMatchObject({
      isBot: true,
      botReason: 'visitor_rule',
      visitorRuleId: rule.id,
      isUnique: false,
    });
    expect(await clickAs(link, { userAgent: agent('Nothing'), ip: '198.51.100.99' })).toMatchObject({ isBot: false });
    await app.api('delete', `/visitor-rules/${rule.id}`);
    await eventually(
      () => clickAs(link, request),
      ({ isBot }) => !isBot,
    );
  });

  it('are a person’s where a rule says so, whatever the user agent or another rule says, but HEAD and prefetches', async () => {
    const link = await app.createLink();
    const program = { userAgent: 'OfficeBot/1.0', ip: '192.0.2.200' };
    const bot = await add({ match: { address: '192.0.2.192/26' }, as: 'bot' });
    const person = await add({ match: { address: '192.0.2.200' }, as: 'person' });
    await eventually(
      () => clickAs(link, program),
      ({ isBot }) => !isBot,
    );
    expect(await clickAs(link, program)).toMatchObject({ isBot: false, botReason: null, visitorRuleId: person.id });
    const prefetch = { ...program, headers: { 'sec-purpose': 'prefetch' } };
    expect(await clickAs(link, prefetch)).toMatchObject({ botReason: 'prefetch', visitorRuleId: person.id });
    for (const { id } of [bot, person]) await app.api('delete', `/visitor-rules/${id}`);
  });

  it('are not another workspace’s clicks', async () => {
    const { apiKey } = await app.createWorkspace();
    await add({ match: { userAgent: 'ForeignGuard' }, as: 'bot' }, apiKey);
    const link = await app.createLink();
    expect(await clickAs(link, { userAgent: agent('ForeignGuard') })).toMatchObject({ isBot: false });
  });

  it('that were prefetches of a program by a rule never become a person’s', async () => {
    const rule = await add({ match: { userAgent: 'PrefetchGuard' }, as: 'bot' });
    const network = await app.createNetwork();
    const link = await app.createLink();
    const request = { userAgent: agent('PrefetchGuard'), headers: { 'sec-purpose': 'prefetch' } };
    const click = await eventually(
      () => clickAs(link, request),
      ({ botReason }) => botReason === 'visitor_rule',
    );
    const { conversionId = '' } = await app.goodPostback(network, `click_id=${click.id}&event=registration`);
    const stored = () =>
      app.connection.collection<{ _id: string; factsDue?: Date }>('conversions').findOne({ _id: conversionId });
    await eventually(stored, (conversion) => conversion?.factsDue === undefined);
    expect(await app.storedClick(click.id)).toMatchObject({ botReason: 'visitor_rule', humanSince: null });
    await app.api('delete', `/visitor-rules/${rule.id}`);
  });
});

describe('K12 a program’s visit', () => {
  it('never uses up a limit, also where a rule makes it one, in every process', async () => {
    const rule = await add({ match: { userAgent: 'LimitGuard' }, as: 'bot' });
    const probe = await app.createLink({
      rules: [{ when: [{ field: 'bot', op: 'in', values: ['true'] }], url: 'https://shop.example/bots' }],
    });
    for (const on of [app, second]) {
      await eventually(
        () => visit(probe, { userAgent: agent('LimitGuard'), on }),
        ({ headers }) => headers['location']?.includes('/bots') === true,
      );
      await eventually(
        () => clickAs(probe, { userAgent: agent('LimitGuard'), on }),
        ({ isBot }) => isBot,
      );
    }
    const link = await app.createLink({ clickLimit: 2 });
    const programs: Visit[] = [
      { userAgent: agent('LimitGuard') },
      { userAgent: 'Viber/22.5.0.1' },
      { userAgent: 'Dalvik/2.1.0 (Linux; U; Android 9; SM-G960F)' },
      { userAgent: 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.12026; Pro)' },
      { headers: { 'sec-purpose': 'prefetch;prerender' } },
    ];
    const requests = programs.flatMap((request) =>
      Array.from({ length: 6 }, (_, i) => visit(link, { ...request, on: i % 2 === 0 ? app : second })),
    );
    const people = [visit(link, {}), visit(link, { on: second })];
    const answers = await Promise.all([...requests, ...people]);
    expect(answers.slice(-2).map(({ status }) => status)).toEqual([302, 302]);
    expect((await visit(link, {})).status).toBe(410);
    const { stats } = await eventually(
      () => app.link(link.id),
      (now) => now.stats.clicks.human === 2,
    );
    expect(stats.clicks.bots).toBe(stats.clicks.total - 2);
    await app.api('delete', `/visitor-rules/${rule.id}`);
  });

  it('uses one up where a rule makes a person of it, and an in-app browser always does', async () => {
    const link = await app.createLink({ clickLimit: 1 });
    const facebook = '[FBAN/FBIOS;FBDV/iPhone15,3;FBSN/iOS;FBSV/17.5.1]';
    expect((await visit(link, { userAgent: facebook })).status).toBe(302);
    expect((await visit(link, { userAgent: facebook })).status).toBe(410);
    const rule = await add({ match: { userAgent: 'HouseBot' }, as: 'person' });
    const other = await app.createLink({ clickLimit: 1 });
    await eventually(
      () => visit(other, { userAgent: 'HouseBot/1.0', ip: '192.0.2.1' }),
      ({ status }) => status === 410,
    );
    await app.api('delete', `/visitor-rules/${rule.id}`);
  });

  it('is shown by simulate, with its network', async () => {
    const rule = await add({ match: { asn: 20_712 }, as: 'bot' });
    const link = await app.createLink();
    const simulate = async (ip: string) =>
      (await app.api('post', `/links/${link.id}/simulate`).send({ ip, userAgent: BROWSER })).body as {
        visitor: { bot: boolean };
      };
    expect(await simulate('81.2.69.142')).toMatchObject({ visitor: { bot: true } });
    expect(await simulate('198.51.100.1')).toMatchObject({ visitor: { bot: false } });
    await app.api('delete', `/visitor-rules/${rule.id}`);
  });
});

describe('K12 the preview of a visitor rule', () => {
  it('says what it would have changed in the last 30 days, and changes nothing', async () => {
    const [one, two] = [await app.createLink(), await app.createLink()];
    const userAgent = agent('LookedAtWare');
    for (let i = 0; i < 3; i++) await clickAs(one, { userAgent });
    const last = await clickAs(two, { userAgent });
    await app.storedClick((await clickAs(two, { userAgent: `${userAgent} bot` })).id);
    const answer = await preview({ match: { userAgent: 'lookedatware' }, as: 'bot' });
    expect(answer).toMatchObject({
      complete: true,
      notChecked: 0,
      clicks: 5,
      wouldChange: 4,
      links: [
        { linkId: one.id, clicks: 3, wouldChange: 3 },
        { linkId: two.id, clicks: 2, wouldChange: 1 },
      ],
      notices: [],
    });
    expect(answer.checked).toBeGreaterThanOrEqual(5);
    expect(Date.parse(answer.to) - Date.parse(answer.from)).toBe(30 * 86_400_000);
    expect(answer.samples).toHaveLength(5);
    expect(answer.samples[0]).toEqual({
      clickId: last.id,
      linkId: two.id,
      at: last.at,
      userAgent,
      asn: null,
      ip: '198.51.100.7',
      isBot: false,
      wouldBeBot: true,
    });
    expect(answer.samples.at(-1)).toMatchObject({ isBot: true, wouldBeBot: true });
    expect(await preview({ match: { userAgent: 'LookedAtWare' }, as: 'person' })).toMatchObject({
      clicks: 5,
      wouldChange: 1,
    });
    expect(await app.storedClick(last.id)).toMatchObject({ isBot: false, visitorRuleId: null });
  });

  it('has addresses and networks, and says of which clicks they are not known', async () => {
    const { apiKey, hostname } = await app.createWorkspace();
    const { id, slug } = await app.createLink({}, apiKey);
    const link = { id, slug, domain: hostname } as LinkResponse;
    for (const ip of ['81.2.69.142', '81.2.69.143']) {
      const { headers } = await visit(link, { ip });
      await app.storedClick(new URL(headers['location'] ?? '').searchParams.get('click_id') ?? '', apiKey);
    }
    expect(await preview({ match: { asn: 20_712 }, as: 'bot' }, apiKey)).toMatchObject({ clicks: 2, wouldChange: 2 });
    const match = { address: '81.2.69.142' };
    expect(await preview({ match, as: 'bot' }, apiKey)).toMatchObject({ clicks: 1, notChecked: 0, notices: [] });
    const truncated = { $set: { ip: '81.2.69.0' }, $unset: { isIpFull: 1 as const } };
    await app.connection.collection('clicks').updateMany({ linkId: id }, truncated);
    expect(await preview({ match, as: 'bot' }, apiKey)).toMatchObject({
      checked: 2,
      clicks: 0,
      notChecked: 2,
      notices: [{ code: 'addresses_not_kept', text: expect.stringContaining('2 clicks') }],
    });
    expect(await preview({ match: { address: '81.2.69.0/24' }, as: 'bot' }, apiKey)).toMatchObject({ clicks: 2 });
    await app.connection
      .collection('clicks')
      .updateMany({ linkId: id }, { $set: { at: new Date(Date.now() - 31 * 86_400_000) } });
    expect(await preview({ match, as: 'bot' }, apiKey)).toMatchObject({ checked: 0, clicks: 0, complete: true });
  });
});
