import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import type { PostbackAnswer } from '../../../src/postbacks/receive/receive-postback.dto.js';
import type {
  PostbackDetailResponse,
  PostbackListResponse,
  PostbackOutcomeResponse,
} from '../../../src/postbacks/log/postback-log.dto.js';
import { TestApp } from '../../support/test-app.js';
import { expectInvalid } from '../../support/api/expect-problem.js';

let app: TestApp;
let network: NetworkResponse;
beforeAll(async () => {
  app = await TestApp.start();
  network = await app.createNetwork();
});
afterAll(() => app.close());

const send = async (query: string, to = network): Promise<string> =>
  ((await app.postback(to, query)).body as PostbackAnswer).postbackId;
const found = async (query: string): Promise<string[]> => {
  const response = await app.api('get', `/postbacks?${query}`);
  expect(response.status).toBe(200);
  return (response.body as PostbackListResponse).data.map(({ id }) => id);
};
const detail = async (id: string): Promise<PostbackDetailResponse> =>
  (await app.api('get', `/postbacks/${id}`)).body as PostbackDetailResponse;
const replay = async (id: string): Promise<PostbackOutcomeResponse> => {
  const response = await app.api('post', `/postbacks/${id}/replay`);
  expect(response.status).toBe(200);
  return response.body as PostbackOutcomeResponse;
};
const map = async (id: string, mapping: object): Promise<void> => {
  expect((await app.api('patch', `/networks/${id}`).send({ mapping })).status).toBe(200);
};
/** What can not be read now is not tried again by itself, so that only the replay under test does it. */
const stopWaiting = async (id: string): Promise<void> => {
  await app.connection.collection('postbacks').updateOne({ _id: id as never }, { $unset: { waitsUntil: 1 } });
};
const set = async (id: string, fields: object): Promise<void> => {
  await app.connection.collection('postbacks').updateOne({ _id: id as never }, { $set: fields });
};

describe('the log is searched', () => {
  it('by text in query, body, hint and click id, whatever its case', async () => {
    const { clickId } = await app.clickedLink();
    const id = await send(`click_id=${clickId}&txid=Tx%2BA.1&name=J%C3%BCrgen`);
    const decoy = await send(`click_id=${clickId}&txid=TxxAx1`);
    const body = await app.plain('post', `/postback/${network.key}`).type('form').send('note=in-the-body-9');
    expect(await found(`q=${encodeURIComponent('tx+a.1')}`)).toEqual([id]);
    expect(await found(`q=${encodeURIComponent('Jürgen')}`)).toEqual([id]);
    expect(await found('q=IN-THE-BODY-9')).toEqual([(body.body as PostbackAnswer).postbackId]);
    expect(await found(`q=${clickId.slice(3)}`)).toEqual([decoy, id]);
    expect(await found(`q=${encodeURIComponent('.*')}`)).toEqual([]);
  });

  it('by link, conversion, origin and time, within the workspace', async () => {
    const { clickId, link } = await app.clickedLink();
    const { postbackId, conversionId } = await app.goodPostback(network, `click_id=${clickId}`);
    expect(await found(`linkId=${link.id}`)).toEqual([postbackId]);
    expect(await found(`conversionId=${conversionId}`)).toEqual([postbackId]);
    expect(await found(`linkId=${link.id}&origin=postback`)).toEqual([postbackId]);
    expect(await found(`linkId=${link.id}&origin=pixel`)).toEqual([]);
    const { receivedAt } = await detail(postbackId);
    const later = new Date(Date.parse(receivedAt) + 1).toISOString();
    expect(await found(`linkId=${link.id}&from=${receivedAt}&to=${later}`)).toEqual([postbackId]);
    expect(await found(`linkId=${link.id}&to=${receivedAt}`)).toEqual([]);
    expect(await found(`linkId=${link.id}&from=${later}`)).toEqual([]);
    const other = await app.createWorkspace();
    const theirs = await app.api('get', `/postbacks?q=${clickId}`, other.apiKey);
    expect((theirs.body as PostbackListResponse).data).toEqual([]);
  });

  it('for what waits, and says until when', async () => {
    const own = await app.createNetwork();
    const { clickId } = await app.clickedLink();
    const id = await send(`click_id=${clickId}&event=bonus`, own);
    await send(`click_id=${clickId}`, own);
    expect(await found(`networkId=${own.id}&waiting=true`)).toEqual([id]);
    const { waitsUntil, receivedAt } = await detail(id);
    expect(Date.parse(waitsUntil ?? '') - Date.parse(receivedAt)).toBe(7 * 86_400_000);
    await set(id, { waitsUntil: new Date(Date.now() - 1) });
    expect(await found(`networkId=${own.id}&waiting=true`)).toEqual([]);
  });
});

describe('an entry', () => {
  it('suggests a mapping with which the request is accepted', async () => {
    const own = await app.createNetwork({ mapping: { params: { click_id: ['tid'] }, events: { x: 'lead' } } });
    const { clickId } = await app.clickedLink();
    const id = await send(`sub7=${clickId}&event=x`, own);
    const { suggestion } = await detail(id);
    expect(suggestion).toEqual({
      mapping: { params: { click_id: ['sub7', 'tid'] }, events: { x: 'lead' }, statuses: {} },
    });
    await map(own.id, suggestion?.mapping ?? {});
    expect(await replay(id)).toMatchObject({ verdict: expect.stringMatching(/accepted|duplicate/) as string });
  });

  it('says how often the same was seen, and which words are like it', async () => {
    const own = await app.createNetwork();
    const { clickId } = await app.clickedLink();
    const first = await send(`click_id=${clickId}&event=dep2`, own);
    expect((await detail(first)).hint).not.toContain('Seen');
    await send(`click_id=${clickId}&event=dep2`, own);
    const last = await send(`click_id=${clickId}&event=dep2`, own);
    await send(`click_id=${clickId}&event=dep3`, own);
    expect((await detail(last)).hint).toMatch(/"dep2".*"dep" \(deposit\).*Seen 3 times today\.$/);
    expect((await detail(last)).suggestion).toBeNull();
    await stopWaiting(last);
    await set(first, { _id: first, receivedAt: new Date(Date.now() - 3 * 86_400_000) });
    expect((await detail(last)).hint).toMatch(/Seen 3 times since \w+day\.$/);
    await map(own.id, { events: { dep2: 'deposit' } });
    expect((await detail(last)).hint).toContain('It is mapped now: replay it.');
  });
});

describe('a request taken apart', () => {
  const gloss = ({ parameters }: Pick<PostbackDetailResponse, 'parameters'>) =>
    parameters.map(({ name, source, kind, meaning }) => [name, source, kind, meaning]);
  const MAPPING = {
    params: {
      click_id: ['clickid'],
      event: ['goal'],
      status: ['st'],
      payout: ['sum'],
      currency: ['cur'],
      txid: ['oid'],
    },
    events: { dep1: 'ftd' },
    statuses: { hold: 'pending' },
  };

  it('has the use of each parameter in words, and its headline; the preview of a pasted URL has the same', async () => {
    const own = await app.createNetwork({ mapping: MAPPING });
    const { clickId } = await app.clickedLink();
    const query = `clickid={clickid}&tid=${clickId}&goal=dep1&st=hold&sum=77.50&cur=EUR&oid=T-88213&aff_sub2=push-04&token=hush&v=3`;
    const entry = await detail(await send(query, own));
    expect(entry.headline).toBe('Your click id came, but in `tid`.');
    expect(gloss(entry)).toEqual([
      ['clickid', 'query', 'unfilledMacro', 'macro not filled in'],
      ['tid', 'query', 'unmappedClickId', 'your click id, but nothing reads tid'],
      ['goal', 'query', 'event', 'event: ftd'],
      ['st', 'query', 'status', 'status: pending'],
      ['sum', 'query', 'money', 'payout 77.50'],
      ['cur', 'query', 'money', 'currency EUR'],
      ['oid', 'query', 'transaction', 'transaction id'],
      ['aff_sub2', 'query', 'sub', 'sub2'],
      ['token', 'query', 'secret', 'secret, masked'],
      ['v', 'query', 'ignored', 'ignored'],
    ]);
    expect(JSON.stringify(entry)).not.toContain('hush');
    expect(entry.summary).toMatchObject({
      eventWord: 'dep1',
      statusWord: 'hold',
      payoutSent: '77.50',
      eventType: null,
    });
    expect(entry.answer).toMatchObject({
      status: 422,
      body: JSON.stringify({ verdict: 'rejected', reason: 'unfilled_macro', postbackId: entry.id }),
    });
    const preview = (await app.api('post', `/networks/${own.id}/preview`).send({ query }))
      .body as PostbackDetailResponse;
    expect(preview.headline).toBe(entry.headline);
    const known = gloss(entry).map(([name, ...rest]) =>
      name === 'token' ? [name, 'query', 'secret', 'secret'] : [name, ...rest],
    );
    expect(gloss(preview)).toEqual(known);
    expect(entry.suggestion?.mapping.params['click_id']).toEqual(['tid', 'clickid']);
  });

  it('says which part a parameter came in, the body first', async () => {
    const { clickId } = await app.clickedLink();
    const response = await app
      .plain('post', `/postback/${network.key}?event=lead&a=1`)
      .type('form')
      .send(`click_id=${clickId}&a=2`);
    const entry = await detail((response.body as PostbackAnswer).postbackId);
    expect(entry.parameters.map(({ name, value, source }) => [name, value, source])).toEqual([
      ['click_id', clickId, 'body'],
      ['a', '2', 'body'],
      ['event', 'lead', 'query'],
      ['a', '1', 'query'],
    ]);
  });

  it('shows its effect in the list: status before and after, and payout', async () => {
    const { clickId } = await app.clickedLink();
    const own = await app.createNetwork();
    const sale = `click_id=${clickId}&event=sale&txid=s1`;
    await app.goodPostback(own, `${sale}&status=pending&payout=5`);
    await app.goodPostback(own, `${sale}&status=approved&payout=6.5`);
    await app.goodPostback(own, `${sale}&status=approved&payout=6.5`);
    const { body } = await app.api('get', `/postbacks?networkId=${own.id}`);
    const rows = (body as PostbackListResponse).data.map(({ headline, summary }) => ({ headline, ...summary }));
    expect(rows).toMatchObject([
      { headline: 'Same transaction id: not counted twice.', eventType: 'sale', status: null, payout: null },
      {
        headline: 'Changed: sale, pending → approved, 6.50 EUR.',
        status: 'approved',
        statusBefore: 'pending',
        payout: { amount: '6.50', currency: 'EUR' },
      },
      { headline: 'Counted: sale, pending, 5.00 EUR.', status: 'pending', statusBefore: null },
    ]);
  });

  it('of a test says what it would be', async () => {
    const own = await app.createNetwork();
    await app.createLink({ networkId: own.id });
    const test = await app.api('post', `/networks/${own.id}/test`).send({ payout: '1', currency: 'EUR' });
    const { postbackId } = test.body as { postbackId: string };
    expect((await detail(postbackId)).headline).toBe('Test: would be ftd, approved, 1.00 EUR. Not in the numbers.');
  });
});

describe('a replay', () => {
  it('reads the request by the mapping of today, as of the time when it came', async () => {
    const own = await app.createNetwork();
    const { clickId, link } = await app.clickedLink();
    const id = await send(`click_id=${clickId}&event=bonus&payout=5`, own);
    await stopWaiting(id);
    expect(await replay(id)).toMatchObject({ postbackId: id, verdict: 'rejected', reason: 'unmapped_event' });
    await stopWaiting(id);
    await map(own.id, { events: { bonus: 'qualified' } });
    const outcome = await replay(id);
    expect(outcome).toMatchObject({ verdict: 'accepted', reason: null, hint: null });
    const { receivedAt, ...entry } = await detail(id);
    expect(entry).toMatchObject({ verdict: 'accepted', waitsUntil: null, conversionId: outcome.conversionId });
    expect(entry.attempts.map(({ verdict }) => verdict)).toEqual(['rejected', 'accepted']);
    const conversion = await app.conversion(outcome.conversionId ?? '');
    expect(conversion).toMatchObject({ eventType: 'qualified', convertedAt: receivedAt });
    expect(conversion.history[0]?.postbackId).toBe(id);
    expect((await app.link(link.id)).stats).toMatchObject({ conversions: 1, approved: 1 });
  });

  it('of what has counted changes nothing but its attempts, whatever the mapping says today', async () => {
    const own = await app.createNetwork({ mapping: { events: { x: 'lead' } } });
    const { clickId, link } = await app.clickedLink();
    const id = await send(`click_id=${clickId}&event=x`, own);
    const { attempts: _, ...before } = await detail(id);
    expect(await replay(id)).toMatchObject({ verdict: 'duplicate', conversionId: before.conversionId });
    await map(own.id, {});
    expect(await replay(id)).toMatchObject({ verdict: 'rejected', reason: 'unmapped_event' });
    const { attempts, ...after } = await detail(id);
    // The mapping of today no longer knows the word, and the first answer can no longer be derived.
    const parameters = before.parameters.map((one) => (one.kind === 'event' ? { ...one, meaning: 'event' } : one));
    const answer = expect.objectContaining({ status: null }) as object;
    expect(after).toEqual({ ...before, parameters, answer });
    expect(attempts.map(({ verdict }) => verdict)).toEqual(['duplicate', 'rejected']);
    expect((await app.link(link.id)).stats.conversions).toBe(1);
  });

  it('many times at once counts once', async () => {
    const own = await app.createNetwork({ repeats: { deposit: 'count' } });
    const { clickId, link } = await app.clickedLink();
    const id = await send(`click_id=${clickId}&event=bonus`, own);
    await stopWaiting(id);
    await map(own.id, { events: { bonus: 'deposit' } });
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => replay(id)));
    expect(new Set(outcomes.map(({ conversionId }) => conversionId)).size).toBe(1);
    expect((await app.link(link.id)).stats.deposits).toBe(1);
  });

  it('is a 409 when the network is gone, and for what was not allowed', async () => {
    const own = await app.createNetwork();
    const id = await send('click_id=1', own);
    await set(id, { reason: 'not_allowed' });
    const refused = await app.api('post', `/postbacks/${id}/replay`);
    expect([refused.status, (refused.body as { code: string }).code]).toEqual([409, 'not_replayable']);
    await set(id, { reason: 'malformed_click_id' });
    await app.api('delete', `/networks/${own.id}`);
    const gone = await app.api('post', `/postbacks/${id}/replay`);
    expect([gone.status, (gone.body as { code: string }).code]).toEqual([409, 'network_deleted']);
    expect((await detail(id)).attempts).toEqual([]);
  });
});

describe('what came too late', () => {
  const DAY = 86_400_000;
  const late = async (): Promise<{ id: string; linkId: string }> => {
    const own = await app.createNetwork();
    await app.connection
      .collection('networks')
      .updateOne({ _id: own.id as never }, { $set: { windows: { lead: 30 } } });
    const { clickId, link } = await app.clickedLink();
    const id = await send(`click_id=${clickId}&event=bonus`, own);
    // As if it had come 40 days later, to be read as a lead today.
    await set(id, { receivedAt: new Date(Date.now() + 40 * DAY) });
    await stopWaiting(id);
    await map(own.id, { events: { bonus: 'lead' } });
    return { id, linkId: link.id };
  };

  it('is accepted manually, with a note in the history', async () => {
    const { id, linkId } = await late();
    expect(await replay(id)).toMatchObject({ verdict: 'rejected', reason: 'outside_window' });
    expect((await app.link(linkId)).stats.conversions).toBe(0);
    const response = await app.api('post', `/postbacks/${id}/accept`).send({ note: 'agreed by mail' });
    expect(response.status).toBe(200);
    const { verdict, conversionId } = response.body as PostbackOutcomeResponse;
    expect(verdict).toBe('accepted');
    expect((await app.conversion(conversionId ?? '')).history).toMatchObject([{ note: 'agreed by mail' }]);
    expect((await app.link(linkId)).stats.conversions).toBe(1);
  });

  it('is a 409 for whatever has another reason', async () => {
    const id = await send('click_id=1');
    const response = await app.api('post', `/postbacks/${id}/accept`);
    expect([response.status, (response.body as { code: string }).code]).toEqual([409, 'not_replayable']);
    expect((response.body as { detail: string }).detail).toContain('malformed_click_id');
  });

  it.each([
    [{ note: 'x'.repeat(501) }, 'note'],
    [{ notes: 'x' }, 'notes'],
  ])('is a 422 for %j', async (body, path) => {
    const id = await send('click_id=1');
    expectInvalid(await app.api('post', `/postbacks/${id}/accept`).send(body), path);
  });
});
