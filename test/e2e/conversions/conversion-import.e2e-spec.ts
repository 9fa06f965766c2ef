import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClickIdService } from '../../../src/clicks/click-id.service.js';
import type { ImportResponse } from '../../../src/conversions/import/imports.dto.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';
import { ImportClient, lines } from '../../support/api/conversion-import-client.js';

const UNKNOWN_ID = 'imp_00000000000000000000';

let app: TestApp;
let imports: ImportClient;
let other: { apiKey: string };
beforeAll(async () => {
  app = await TestApp.start();
  imports = new ImportClient(app);
  other = await app.createWorkspace();
});
afterAll(() => app.close());

describe('access to imports', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['post', '/conversions/import', 'conversions:write'],
      ['get', '/conversions/imports', 'conversions:read'],
      ['get', `/conversions/imports/${UNKNOWN_ID}`, 'conversions:read'],
      ['get', `/conversions/imports/${UNKNOWN_ID}/rows`, 'conversions:read'],
      ['get', `/conversions/imports/${UNKNOWN_ID}/rows.csv`, 'conversions:read'],
      ['post', `/conversions/imports/${UNKNOWN_ID}/cancel`, 'conversions:write'],
    ],
  );

  it('is a 404 for an unknown id and for another workspace’s', async () => {
    const theirs = await imports.start('click_id,event\nx,ftd\n', '', other.apiKey);
    for (const id of [UNKNOWN_ID, 'nonsense', theirs]) {
      expectProblem(await app.api('get', `/conversions/imports/${id}`), 404);
      expectProblem(await app.api('get', `/conversions/imports/${id}/rows`), 404);
      expectProblem(await app.api('get', `/conversions/imports/${id}/rows.csv`), 404);
      expectProblem(await app.api('post', `/conversions/imports/${id}/cancel`), 404);
    }
    const { data } = (await app.api('get', '/conversions/imports')).body as { data: ImportResponse[] };
    expect(data.map(({ id }) => id)).not.toContain(theirs);
  });
});

describe('a file', () => {
  it('gets a verdict for each row', async () => {
    const network = await app.createNetwork();
    const [a, b] = [await app.clickedLink(), await app.clickedLink()];
    const theirs = await app.clickId(await app.createLink({}, other.apiKey));
    const test = app.app.get(ClickIdService).mintTest(1);
    const forged = a.clickId.slice(0, -1) + (a.clickId.endsWith('0') ? '1' : '0');
    const csv = lines(
      'Click ID,Link ID,EVENT,Status,Payout,Currency,TxID,player-id,Time,Note,Colour',
      `${a.clickId},,First deposit,approved,"1,234.56",usd,T1,P1,2026-01-02T03:04:05Z,"said ""yes"", twice",red`,
      `${a.clickId},,ftd,approved,1234.56,USD,T1,,2026-01-02T04:00:00Z,,`,
      `${a.clickId},,ftd,Declined,,,T1,,2026-01-03,,`,
      `${b.clickId},,,,5,,,,,,`,
      `,${b.link.id},revshare,,-7.5,EUR,,,2026-01-02,,`,
      'junk,,ftd,,,,,,,,',
      `${forged},,ftd,,,,,,,,`,
      `${theirs},,ftd,,,,,,,,`,
      `${test},,ftd,,,,,,,,`,
      ',,ftd,,,,,,,,',
      `${a.clickId},,party,,,,,,,,`,
      `${a.clickId},,ftd,maybe,,,,,,,`,
      `${a.clickId},,sale,,lots,,,,,,`,
      `${a.clickId},,sale,,-5,,,,,,`,
      `${a.clickId},,sale,,5,kr,,,,,`,
      `${a.clickId},,sale,,5,,,,03/04/2025,,`,
      `${a.clickId},,sale,,5,,,,2099-01-01,,`,
      `,${b.link.id},revshare,,5,,,,,,`,
      `,${UNKNOWN_ID},revshare,,5,,,,2026-01-01,,`,
      `${a.clickId},,sale,,,,${'x'.repeat(201)},,,,`,
    );
    const order = await imports.run(csv, `?networkId=${network.id}`);
    expect(order).toMatchObject({
      status: 'done',
      dryRun: false,
      networkId: network.id,
      rows: 20,
      done: 20,
      counts: { accepted: 3, updated: 1, duplicate: 1, rejected: 15 },
      ignoredColumns: ['Colour'],
      error: null,
    });
    const { data, page } = await imports.rows(order.id);
    expect(page).toEqual({ hasMore: false, nextCursor: null });
    expect(data.map(({ row, line, verdict, reason }) => `${row} ${line} ${reason ?? verdict}`)).toEqual([
      '1 2 accepted',
      '2 3 duplicate',
      '3 4 updated',
      '4 5 accepted',
      '5 6 accepted',
      '6 7 malformed_click_id',
      '7 8 forged_click_id',
      '8 9 unknown_click',
      '9 10 test_click_id',
      '10 11 missing_click_id',
      '11 12 unmapped_event',
      '12 13 unmapped_status',
      '13 14 invalid_amount',
      '14 15 invalid_amount',
      '15 16 invalid_currency',
      '16 17 invalid_time',
      '17 18 invalid_time',
      '18 19 missing_time',
      '19 20 unknown_link',
      '20 21 too_long',
    ]);
    expect(order.problems).toEqual(data.filter(({ verdict }) => verdict === 'rejected'));
    for (const { hint } of order.problems) expect(hint).toMatch(/\.$/);

    const [first] = data;
    expect(data[1]?.conversionId).toBe(first?.conversionId);
    const conversion = await app.conversion(first?.conversionId ?? '');
    expect(conversion).toMatchObject({
      eventType: 'ftd',
      status: 'rejected',
      networkStatus: 'Declined',
      payout: { amount: '1234.56', currency: 'USD' },
      txid: 'T1',
      playerId: 'P1',
      networkId: network.id,
      convertedAt: '2026-01-02T03:04:05.000Z',
    });
    expect(conversion.history).toMatchObject([
      { origin: 'import', by: `${order.id}:1`, postbackId: null, note: 'said "yes", twice' },
      { origin: 'import', by: `${order.id}:3`, status: 'rejected' },
    ]);
    expect((await app.link(a.link.id)).stats).toMatchObject({ conversions: 1, rejected: 1, ftds: 0 });
    expect((await app.link(b.link.id)).stats).toMatchObject({
      conversions: 2,
      payouts: [{ amount: '-2.50', currency: 'EUR' }],
    });
    expect(await app.goodPostback(network, `click_id=${a.clickId}&event=ftd&txid=T1&status=rejected`)).toMatchObject({
      verdict: 'duplicate',
      conversionId: conversion.id,
    });
  });

  it('is read in its network’s words, with its defaults', async () => {
    const network = await app.createNetwork({
      mapping: { events: { Goal7: 'registration' }, statuses: { 'OK!': 'pending', zzz: 'ignore' } },
      defaults: { event: 'lead', payout: '3' },
    });
    const { clickId } = await app.clickedLink();
    const csv = `clickId;goal;state\n${clickId};goal7;ok!\n${clickId};;\n${clickId};lead;ZZZ\n`;
    const { id } = await imports.run(csv, `?networkId=${network.id}`);
    const { data } = await imports.rows(id);
    expect(data.map(({ verdict, reason }) => reason ?? verdict)).toEqual(['accepted', 'accepted', 'ignored_status']);
    const [registration, lead] = await Promise.all(
      data.slice(0, 2).map((row) => app.conversion(row.conversionId ?? '')),
    );
    expect(registration).toMatchObject({ eventType: 'registration', status: 'pending', networkStatus: 'ok!' });
    expect(lead).toMatchObject({ eventType: 'lead', status: 'approved', payout: { amount: '3.00', currency: 'EUR' } });
  });

  it('changes nothing the second time, not even notes, whatever was reported in between', async () => {
    const { link, clickId } = await app.clickedLink();
    const csv = lines(
      'click_id,event,status,payout,currency,txid,note',
      `${clickId},deposit,pending,5,EUR,${clickId}-1,first`,
      `${clickId},deposit,approved,6,EUR,${clickId}-1,`,
      `${clickId},sale,rejected,6,EUR,,third`,
      `${clickId},sale,approved,7,EUR,,fourth`,
    );
    const first = await imports.run(csv);
    expect(first.counts).toEqual({ accepted: 2, updated: 2, duplicate: 0, rejected: 0 });
    const ids = (await imports.rows(first.id)).data.map(({ conversionId }) => conversionId ?? '');
    await app.api('patch', `/conversions/${ids[0]}`).send({ status: 'rejected' });
    const before = await Promise.all(ids.map((id) => app.conversion(id)));
    const { stats } = await app.link(link.id);
    const second = await imports.run(csv);
    expect(second.counts).toEqual({ accepted: 0, updated: 0, duplicate: 4, rejected: 0 });
    expect(await Promise.all(ids.map((id) => app.conversion(id)))).toEqual(before);
    expect((await app.link(link.id)).stats).toEqual(stats);
  });

  it('that is only tried out gets the same verdicts, and stores no conversion', async () => {
    const { clickIds } = await imports.mintedClicks(300);
    const [known = ''] = clickIds;
    const made = await app.api('post', '/conversions').send({ clickId: known, eventType: 'lead' });
    const knownId = (made.body as { id: string }).id;
    // Longer than what is worked on at a time, with repeats across those groups.
    const csv = lines(
      'click_id,event,status',
      ...clickIds.map((clickId) => `${clickId},lead,pending`),
      ...clickIds.slice(0, 100).map((clickId) => `${clickId},lead,`),
      ...clickIds.slice(50, 150).map((clickId) => `${clickId},lead,`),
      'junk,lead,',
    );
    const before = await imports.conversions();
    const tried = await imports.run(csv, '?dryRun=true');
    expect(await imports.conversions()).toBe(before);
    expect(tried).toMatchObject({ status: 'done', dryRun: true, rows: 501, done: 501 });
    const download = async (id: string): Promise<string[]> =>
      (await app.api('get', `/conversions/imports/${id}/rows.csv`)).text.split('\r\n');
    const triedRows = await download(tried.id);
    expect(triedRows.slice(0, 3)).toEqual([
      'row,line,verdict,reason,hint,conversionId',
      `1,2,duplicate,,,${knownId}`,
      '2,3,accepted,,,',
    ]);
    const done = await imports.run(csv);
    expect(done.counts).toEqual(tried.counts);
    const withoutIds = (rows: string[]): string[] => rows.map((row) => row.replace(/[^,]*$/, ''));
    expect(withoutIds(await download(done.id))).toEqual(withoutIds(triedRows));
    expect(await imports.conversions()).toBe(before + 299);
  });

  it('may have been through a spreadsheet: quotes, line breaks, formulas made harmless', async () => {
    const { clickId, link } = await app.clickedLink();
    const csv = [
      '\ufeff"Click_Id"\t"event"\t"payout"\t"currency"\t"txid"\t"note"',
      `"${clickId}"\t"sale"\t"1 234,50"\t"EUR"\t"'=T+1"\t"two\nlines\t""quoted"""`,
      `"${clickId}"\t"sale"\t"'-5"\t"EUR"\t"t2"\t`,
    ].join('\r');
    const plain = csv.replace('1 234,50', '1234,50');
    const { id, counts } = await imports.run(plain);
    expect(counts).toMatchObject({ accepted: 1, rejected: 1 });
    const { data } = await imports.rows(id);
    // The apostrophe was the spreadsheet's: it is minus five, and takes back what t2 has brought.
    expect(data[1]).toMatchObject({ reason: 'unknown_transaction' });
    const conversion = await app.conversion(data[0]?.conversionId ?? '');
    expect(conversion).toMatchObject({ txid: '=T+1', payout: { amount: '1234.50', currency: 'EUR' }, linkId: link.id });
    expect(conversion.history[0]?.note).toBe('two\nlines\t"quoted"');

    const hostile = await imports.run('click_id,event\n"=cmd|\' /C calc\'!A0","=1+1"\n');
    const { text, headers } = await app.api('get', `/conversions/imports/${hostile.id}/rows.csv?verdict=rejected`);
    expect(headers['content-type']).toMatch(/^text\/csv/);
    expect(text.split('\r\n')[1]).toBe(
      `1,2,rejected,unmapped_event,"The event ""=1+1"" is not mapped: add it with its meaning to the network's mapping.events.",`,
    );
  });

  it('is paged by its rows', async () => {
    const { clickIds } = await imports.mintedClicks(600);
    const csv = lines('click_id,event', ...clickIds.flatMap((id, i) => (i % 100 === 0 ? [`${id},x`] : [`${id},lead`])));
    const { id } = await imports.run(csv);
    const pages: number[][] = [];
    for (let cursor: string | null = '0'; cursor !== null;) {
      const { data, page } = await imports.rows(id, `verdict=rejected&limit=4&cursor=${cursor}`);
      pages.push(data.map(({ row }) => row));
      cursor = page.nextCursor;
    }
    expect(pages).toEqual([
      [1, 101, 201, 301],
      [401, 501],
    ]);
    const { data, page } = await imports.rows(id, 'limit=2&cursor=249');
    expect([data.map(({ row }) => row), page.nextCursor]).toEqual([[250, 251], '251']);
    expectInvalid(await app.api('get', `/conversions/imports/${id}/rows?cursor=x&verdict=y`), 'cursor', 'verdict');
  });
});
