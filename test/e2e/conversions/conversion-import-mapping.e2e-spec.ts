import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportPreviewResponse } from '../../../src/conversions/import/import-preview.dto.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { ImportClient, lines } from '../../support/api/conversion-import-client.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
let imports: ImportClient;
beforeAll(async () => {
  app = await TestApp.start();
  imports = new ImportClient(app);
});
afterAll(() => app.close());

const query = (fields: Record<string, string>): string => `?${new URLSearchParams(fields).toString()}`;
const upload = (body: string | Buffer, fields: Record<string, string> = {}, type = 'text/csv') =>
  app
    .api('post', `/conversions/import/preview${query(fields)}`)
    .set('content-type', type)
    .send(body);
const preview = async (
  body: string | Buffer,
  fields: Record<string, string> = {},
  type = 'text/csv',
): Promise<ImportPreviewResponse> => {
  const response = await upload(body, fields, type);
  expect(response.status, response.text).toBe(200);
  return response.body as ImportPreviewResponse;
};

describe('access to the preview', () => {
  itAsksForKeyAndScope(() => app, [['post', '/conversions/import/preview', 'conversions:write']]);
});

describe('an import with a mapping of columns', () => {
  it('reads a file with unknown names: preview, dry run, the real run, and the same file again', async () => {
    const [a = '', b = ''] = (await imports.mintedClicks(2)).clickIds;
    const csv = lines('Ref;Geld €;Art;payout;Nr', `${a};1.234,50;first deposit;9;N1`, `${b};2;sale;9;N2`);
    const { delimiter, charset, columns, rowsSeen, isWhole, headerLine } = await preview(csv);
    expect({ delimiter, charset, rowsSeen, isWhole, headerLine }).toEqual({
      delimiter: ';',
      charset: 'utf-8',
      rowsSeen: 2,
      isWhole: true,
      headerLine: 1,
    });
    expect(columns).toEqual([
      { position: 1, name: 'Ref', samples: [a, b], suggestedField: 'click_id', reason: 'click_ids' },
      { position: 2, name: 'Geld €', samples: ['1.234,50', '2'], suggestedField: null, reason: 'unknown_name' },
      { position: 3, name: 'Art', samples: ['first deposit', 'sale'], suggestedField: null, reason: 'unknown_name' },
      { position: 4, name: 'payout', samples: ['9'], suggestedField: 'payout', reason: 'known_name' },
      { position: 5, name: 'Nr', samples: ['N1', 'N2'], suggestedField: null, reason: 'unknown_name' },
    ]);

    const mapping = 'click_id=#1,payout=Geld €,event=Art,txid=nr';
    const before = await imports.conversions();
    const dry = await imports.run(csv, query({ mapping, dryRun: 'true' }));
    expect(dry).toMatchObject({ status: 'done', counts: { accepted: 2, rejected: 0 }, ignoredColumns: ['payout'] });
    expect(await imports.conversions()).toBe(before);
    const real = await imports.run(csv, query({ mapping }));
    expect(real).toMatchObject({
      counts: { accepted: 2, rejected: 0 },
      columns: [
        { position: 1, name: 'Ref', field: 'click_id' },
        { position: 2, name: 'Geld €', field: 'payout' },
        { position: 3, name: 'Art', field: 'event' },
        { position: 4, name: 'payout', field: null },
        { position: 5, name: 'Nr', field: 'txid' },
      ],
    });
    const [found] = await app.conversions(`clickId=${a}`);
    expect(found).toMatchObject({ eventType: 'ftd', txid: 'N1', payout: { amount: '1234.50', currency: 'EUR' } });
    expect((await imports.run(csv, query({ mapping }))).counts).toMatchObject({ accepted: 0, duplicate: 2 });
  });

  it('works with the words of a network, and with the names of its mapping', async () => {
    const network = await app.createNetwork({
      currency: 'EUR',
      mapping: { params: { payout: ['sum'] }, events: { eins: 'registration' } },
    });
    const [a = ''] = (await imports.mintedClicks(1)).clickIds;
    const csv = lines('x,sum,y,z', `${a},1,Eins,2`);
    const shown = await preview(csv, { networkId: network.id });
    expect(shown.columns[1]).toMatchObject({ suggestedField: 'payout', reason: 'network_mapping' });
    await imports.run(csv, query({ networkId: network.id, mapping: 'click_id=x,event=y,payout=z' }));
    const [found] = await app.conversions(`clickId=${a}`);
    expect(found).toMatchObject({ eventType: 'registration', payout: { amount: '2.00', currency: 'EUR' } });
  });

  it('finds the row of names below titles by it', async () => {
    const [a = ''] = (await imports.mintedClicks(1)).clickIds;
    const csv = lines('My report', '', 'Ref,Art', `${a},lead`);
    expect(await imports.run(csv, query({ mapping: 'click_id=Ref,event=Art' }))).toMatchObject({
      counts: { accepted: 1 },
    });
  });

  it.each([
    ['a column that the file does not have', 'click_id=Other', 'mapping'],
    ['an unknown field', 'amount=Ref', 'mapping'],
    ['no pairs', 'Ref', 'mapping'],
    ['a column for two fields', 'click_id=Ref,txid=Ref', 'mapping'],
    ['no column for the click', 'click_id=(none)', 'body'],
    ['a text that is too long', `click_id=${'x'.repeat(4_001)}`, 'mapping'],
  ])('is refused for %s, and leaves nothing', async (_, mapping, path) => {
    const before = await imports.conversions();
    expectInvalid(await imports.upload(lines('Ref,click_id', 'a,b'), query({ mapping })), path);
    expect(await imports.conversions()).toBe(before);
  });
});

describe('POST /conversions/import/preview', () => {
  it('reads the first 64 KiB of a long file, up to the last whole row', async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => `K${i},sale,a text of some length`);
    const shown = await preview(lines('click_id,event,note', ...rows));
    expect(shown.isWhole).toBe(false);
    expect(shown.rowsSeen).toBeGreaterThan(1_000);
    expect(shown.rowsSeen).toBeLessThan(5_000);
    expect(shown.columns.map(({ suggestedField }) => suggestedField)).toEqual(['click_id', 'event', 'note']);
  });

  it('stores nothing, and does not count as an import', async () => {
    const jobs = (): Promise<number> => app.connection.collection('conversionImports').countDocuments();
    const before = await jobs();
    await preview(lines('click_id', 'x'));
    expect(await jobs()).toBe(before);
  });

  it('names the character set, and asks for it where it is unclear', async () => {
    const cyrillic = Buffer.from([0xd1, 0xf3, 0xec, 0xec, 0xe0, 0x2c, 0x61, 0x0d, 0x0a, 0x31, 0x2c, 0x32]);
    const unclear = await upload(cyrillic);
    expectInvalid(unclear, 'body');
    expect(JSON.stringify(unclear.body)).toContain('windows-1251');
    const shown = await preview(cyrillic, { charset: 'windows-1251' });
    expect([shown.charset, shown.columns[0]?.name]).toEqual(['windows-1251', 'Сумма']);
  });

  it('refuses what is no CSV, and other networks', async () => {
    expectProblem(await upload('{}', {}, 'application/json'), 415);
    expectInvalid(await upload(''), 'body');
    expectInvalid(await upload('a,"b'), 'body');
    expectInvalid(await upload('a,b', { networkId: 'net_00000000000000000000' }), 'networkId');
    expectInvalid(await upload('a,b', { charset: 'nonsense' }), 'charset');
    expectInvalid(await upload('a,b', { dryRun: 'true' }), 'dryRun');
  });
});
