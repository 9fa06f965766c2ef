import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportResponse } from '../../../src/conversions/import/imports.dto.js';
import { TestApp } from '../../support/test-app.js';
import { expectInvalid } from '../../support/api/expect-problem.js';
import { ImportClient, lines } from '../../support/api/conversion-import-client.js';

let app: TestApp;
let imports: ImportClient;
beforeAll(async () => {
  app = await TestApp.start();
  imports = new ImportClient(app);
});
afterAll(() => app.close());

const upload = (body: Buffer | string, query = '', type = 'text/csv') =>
  app.api('post', `/conversions/import${query}`).set('content-type', type).send(body);
const runBytes = async (body: Buffer | string, query = '', type = 'text/csv'): Promise<ImportResponse> => {
  const response = await upload(body, query, type);
  expect(response.status, response.text).toBe(202);
  return imports.ended((response.body as ImportResponse).id);
};
const verdicts = async (id: string): Promise<string[]> =>
  (await imports.rows(id)).data.map(({ line, verdict, reason }) => `${line} ${reason ?? verdict}`);
const cp1251 = (text: string): Buffer =>
  Buffer.from([...text].map((char) => (char > '\u0400' ? char.charCodeAt(0) - 0x350 : char.charCodeAt(0))));

describe('K13 a file of conversions', () => {
  it('K13 with unquoted commas: the row is rejected and says which cells are left over', async () => {
    const [a, b, c] = (await imports.mintedClicks(3)).clickIds;
    const csv = lines(
      'click_id,event,payout,currency',
      `${a},sale,1,234.56,EUR`,
      `${b},sale,"1,234.56",EUR`,
      `${c},lead`,
      `${c},sale,5,EUR,,`,
    );
    const { id, counts, problems } = await imports.run(csv);
    expect(await verdicts(id)).toEqual(['2 too_many_cells', '3 accepted', '4 accepted', '5 accepted']);
    expect(counts.rejected).toBe(1);
    expect(problems[0]?.hint).toMatch(/5 cells for 4 columns; left over: "EUR"/);
  });

  it.each([
    ['sep=;', (id: string) => `sep=;\r\nclick_id;event;note\r\n${id};lead;a, b\r\n`, 'a, b'],
    ['sep=, after a byte order mark', (id: string) => `\ufeffsep=,\nclick_id,event,note\n${id},lead,a; b\n`, 'a; b'],
    ['a tab file with a quote', (id: string) => `click_id\tevent\tnote\n${id}\tlead\t"VIP\n`, '"VIP'],
    ['vertical bars', (id: string) => `click_id|event|note\n${id}|lead|a, b\n`, 'a, b'],
    ['CR alone', (id: string) => `click_id,event,note\r${id},lead,x\r`, 'x'],
    ['titles above the names', (id: string) => `Report of May\nMade;by;us\n\nclick_id,event,note\n${id},lead,x\n`, 'x'],
  ])('K13 %s', async (_, file, note) => {
    const [clickId = ''] = (await imports.mintedClicks(1)).clickIds;
    const { id, counts } = await imports.run(file(clickId));
    expect(counts).toMatchObject({ accepted: 1, rejected: 0 });
    const [row] = (await imports.rows(id)).data;
    expect((await app.conversion(row?.conversionId ?? '')).history[0]?.note).toBe(note);
  });

  it('K13 lines that are no rows are passed over with a word', async () => {
    const [a, b] = (await imports.mintedClicks(2)).clickIds;
    const csv = `Report\nclick_id,event\n${a},lead\nClick_ID,EVENT\n${b},lead\n`;
    const { id, rows, notices } = await imports.run(csv);
    expect(rows).toBe(2);
    expect(await verdicts(id)).toEqual(['3 accepted', '5 accepted']);
    expect(notices.map(({ code, text }) => `${code}: ${text}`)).toEqual([
      'line_skipped: Line 1 is not a row and was skipped: Report',
      'line_skipped: Line 4 is not a row and was skipped: the column names again',
    ]);
  });

  it('K13 another table in the file, or no column names: one message, nothing is applied', async () => {
    const [a = ''] = (await imports.mintedClicks(1)).clickIds;
    const before = await imports.conversions();
    const table = expectInvalid(await upload(`click_id,event,payout\n${a},lead,1\nclick_id,payout,event\n`), 'body');
    expect(table.errors).toMatchObject([{ code: 'another_table', message: expect.stringContaining('line 3') }]);
    const bare = expectInvalid(await upload(`${a},lead,1\n${a},sale,2\n`), 'body');
    expect(bare.errors).toMatchObject([{ code: 'no_header' }]);
    expect(expectInvalid(await upload(`${a},click,1\n${a},sale,2\n`), 'body').errors).toMatchObject([{ code: 'no_header' }]); // prettier-ignore
    expect(await imports.conversions()).toBe(before);
  });

  it('K13 a total row counts nowhere', async () => {
    const [a] = (await imports.mintedClicks(1)).clickIds;
    const { counts } = await imports.run(`click_id,event,payout,currency\n${a},sale,5,EUR\nTotal,,5,EUR\n`);
    expect(counts).toMatchObject({ accepted: 1, rejected: 1 });
  });
});

describe('K7 the bytes of a file of conversions', () => {
  const fileOf = async (note: string): Promise<string> =>
    `click_id;event;note\r\n${(await imports.mintedClicks(1)).clickIds[0]};lead;${note}\r\n`;
  const noteOf = async ({ id }: ImportResponse): Promise<string | null | undefined> => {
    const [row] = (await imports.rows(id)).data;
    return (await app.conversion(row?.conversionId ?? '')).history[0]?.note;
  };
  const russian = { mapping: { charset: 'windows-1251' } };

  it('K7 are read by their mark, their content type, the parameter, their network', async () => {
    const text = (): Promise<string> => fileOf('Депозит');
    const network = await app.createNetwork(russian);
    const files: [Buffer, string, string?][] = [
      [Buffer.from(await text()), ''],
      [Buffer.from(`\ufeff${await text()}`), `?networkId=${network.id}`],
      [Buffer.from(`\ufeff${await text()}`, 'utf16le'), ''],
      [Buffer.from(`\ufeff${await text()}`, 'utf16le').swap16(), ''],
      [cp1251(await text()), '', 'text/csv; charset=windows-1251'],
      [cp1251(await text()), '?charset=cp1251'],
      [cp1251(await text()), `?networkId=${network.id}`],
      [Buffer.from(await text()), `?networkId=${network.id}&charset=utf-8`],
    ];
    for (const [bytes, query, type] of files) expect(await noteOf(await runBytes(bytes, query, type))).toBe('Депозит');
  });

  it('K7 that are not UTF-8 are a question, with the cell as each answer reads it', async () => {
    const before = await imports.conversions();
    const { errors } = expectInvalid(await upload(cp1251(await fileOf('Депозит'))), 'body');
    expect(errors).toMatchObject([
      { code: 'not_utf8', message: expect.stringContaining('windows-1251 reads "Депозит"') },
    ]);
    expect(errors?.[0]?.choices).toContainEqual({ value: 'windows-1251', example: 'Депозит' });
    expect(errors?.[0]?.choices).toContainEqual({ value: 'windows-1252', example: 'Äåïîçèò' });
    expect(await imports.conversions()).toBe(before);
  });

  it('K7 that are UTF-8 although the network is not are a question, too', async () => {
    const network = await app.createNetwork(russian);
    const { errors } = expectInvalid(await upload(await fileOf('Депозит'), `?networkId=${network.id}`), 'body');
    expect(errors).toMatchObject([{ code: 'unclear_charset' }]);
    expect(errors?.[0]?.choices?.[0]).toEqual({ value: 'utf-8', example: 'Депозит' });
    // What is ASCII is the same in both.
    expect(await noteOf(await runBytes(await fileOf('plain'), `?networkId=${network.id}`))).toBe('plain');
  });

  it('K7 with a charset that is none: refused', async () => {
    expectInvalid(await upload('click_id\n', '?charset=klingon'), 'charset');
    expectInvalid(await upload('click_id\n', '', 'text/csv; charset=klingon'), 'charset');
  });
});

describe('K13 export of conversions, and import', () => {
  it('K13 every row is a duplicate, and nothing is read otherwise', async () => {
    const network = await app.createNetwork();
    const { link, clickId } = await app.clickedLink({ networkId: network.id });
    const other = await app.clickedLink({ networkId: network.id });
    await app.goodPostback(network, `click_id=${clickId}&event=registration`);
    await app.goodPostback(network, `click_id=${clickId}&event=ftd&payout=50.10&currency=EUR&txid=%3D1`);
    await app.goodPostback(
      network,
      `click_id=${clickId}&event=sale&payout=1234.5&currency=JPY&txid='T2&status=pending`,
    );
    await app.goodPostback(network, `click_id=${other.clickId}&event=deposit&payout=7&currency=USD&txid=00123`);
    await app.goodPostback(network, `click_id=${other.clickId}&event=deposit&txid=00123&status=rejected`);
    for (const bom of ['true', 'false']) {
      const { text } = await app.api('get', `/conversions/export?networkId=${network.id}&bom=${bom}`);
      const before = await app.link(link.id);
      const { id, counts } = await imports.run(text, `?networkId=${network.id}&dryRun=true`);
      expect(await verdicts(id)).toEqual(Array.from({ length: 4 }, (_, i) => `${i + 2} duplicate`));
      expect(counts).toEqual({ accepted: 0, updated: 0, duplicate: 4, rejected: 0 });
      // The file has two amounts of money, and says which is which.
      for (const { hint } of (await imports.rows(id)).data) {
        expect(hint ?? '').toMatch(/^(?:"payoutAmount" was read as the payout, and "revenueAmount"[^"]*)?$/);
      }
      expect(await app.link(link.id)).toEqual(before);
    }
  });
});
