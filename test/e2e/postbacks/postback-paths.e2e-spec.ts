import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import type { PostbackAnswer } from '../../../src/postbacks/receive/receive-postback.dto.js';
import { RawClient } from '../../support/raw-client.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
let network: NetworkResponse;
beforeAll(async () => {
  app = await TestApp.start();
  network = await app.createNetwork();
});
afterAll(() => app.close());

describe('S21 a path that is written otherwise', () => {
  const raw = async (head: string, body = ''): Promise<{ status: number; body: string; headers: object }> => {
    const { port } = new URL(app.baseUrl);
    const client = await RawClient.open(Number(port));
    const length = body === '' ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
    await client.send(`${head}\r\nHost: localhost:${port}\r\n${length}\r\n${body}`);
    const answer = await client.answer();
    client.socket.destroy();
    return answer;
  };
  const json = 'Content-Type: application/json';

  it.each([
    ['/%70ostback/', ''],
    ['/postbac%6b/', ''],
    ['/%70%6f%73%74%62%61%63%6b/', ''],
    ['/postback/', '/'],
    ['http://elsewhere.example/postback/', ''],
    ['http://elsewhere.example/%70ostback/', ''],
  ])('loses no parameter of a postback: %s', async (path, after) => {
    const { clickId } = await app.clickedLink();
    const body = JSON.stringify({ click_id: clickId, event: 'sale', payout: '12.50', txid: 'T' });
    const answer = await raw(`POST ${path}${network.key}${after} HTTP/1.1\r\n${json}`, body);
    expect(answer.status).toBe(200);
    const { conversionId = '' } = JSON.parse(answer.body) as PostbackAnswer;
    expect(await app.conversion(conversionId)).toMatchObject({ payout: { amount: '12.50' }, txid: 'T' });
  });

  it.each(['/%70ixel/', '/pixe%6c/', 'http://elsewhere.example/pixel/'])('nor of a pixel: %s', async (path) => {
    const { clickId } = await app.clickedLink();
    const query = `click_id=${clickId}&event=sale&payout=12.50`;
    const { headers } = await raw(`GET ${path}${network.pixelKey}.gif?${query} HTTP/1.1`);
    expect(headers).toMatchObject({ 'x-hopback-verdict': 'accepted' });
  });

  it.each(['/%61pi/v1/track', '/api/v1/%74rack', '/api/v1/track/'])('nor a page’s report: %s', async (path) => {
    const { clickId } = await app.clickedLink();
    const body = JSON.stringify({ key: network.pixelKey, clickId, event: 'lead' });
    const answer = await raw(`POST ${path} HTTP/1.1\r\nContent-Type: text/plain`, body);
    expect(JSON.parse(answer.body)).toMatchObject({ verdict: 'accepted' });
  });

  it.each(['/api/v1/conversions/%69mport?networkId=', '/api/v1/conversions/import/?networkId='])(
    'nor of an upload: %s',
    async (path) => {
      const { clickId } = await app.clickedLink();
      const csv = `click_id,event,payout\n${clickId},lead,5\n`;
      const auth = `Authorization: Bearer ${app.apiKey}`;
      const answer = await raw(`POST ${path}${network.id} HTTP/1.1\r\n${auth}\r\nContent-Type: text/csv`, csv);
      expect(answer.status).toBe(202);
    },
  );

  it('has the headers of its route', async () => {
    const [plain, written] = [await raw('GET /api/docs HTTP/1.1'), await raw('GET /api/%64ocs HTTP/1.1')];
    const policy = ({ headers }: { headers: object }): unknown =>
      (headers as Record<string, string>)['content-security-policy'];
    expect(written.status).toBe(plain.status);
    expect(policy(written)).toBe(policy(plain));
  });
});
