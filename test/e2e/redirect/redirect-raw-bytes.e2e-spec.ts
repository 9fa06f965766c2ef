import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawClient } from '../../support/raw-client.js';
import { BROWSER, TestApp } from '../../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
  await app.createLink({ slug: 'summer', url: 'https://s.example/' });
});
afterAll(() => app.close());

const inBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
/** @param path one character a byte. */
const locationOf = async (path: string): Promise<string> => {
  const client = await RawClient.open(Number(new URL(app.baseUrl).port));
  const { status, headers } = await client.ask(
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: ${BROWSER}\r\n\r\n`,
  );
  client.socket.destroy();
  return headers['location'] ?? String(status);
};
const withoutId = (location: string): string => location.replace(/click_id=\w{31}/, 'ID');

describe('raw bytes in a request line', () => {
  it.each(['»', '”', '…', '。', '」', '\u200b', '\ufeff', '\u200e', '\u00ad', '\ufe0f'])(
    'K10 a slug followed by %j leads to the link without it',
    async (mark) => {
      expect(withoutId(await locationOf(inBytes(`/summer${mark}`)))).toBe('https://s.example/?ID');
    },
  );

  it('K7 are passed on, percent-encoded, and kept on the click', async () => {
    const location = await locationOf('/summer?sub1=\xcf\xf0\xe8');
    expect(withoutId(location)).toBe('https://s.example/?ID&sub1=%CF%F0%E8');
    const clickId = new URL(location).searchParams.get('click_id') ?? '';
    expect((await app.storedClick(clickId)).subs).toEqual({ sub1: '%CF%F0%E8' });
  });

  it('K7 fill macros and what a wildcard takes', async () => {
    const url = 'https://s.example/$1?s={sub1}';
    await app.createLink({ slug: 'raw/*', url, clickIdParam: null, forwardQuery: 'none' });
    expect(await locationOf(`/raw/\xcf\xf0/${inBytes('é')}?sub1=\xcf`)).toBe('https://s.example/%CF%F0/%C3%A9?s=%CF');
  });

  it('K7 are read as UTF-8 where they are', async () => {
    await app.createLink({ slug: 'größe', url: 'https://s.example/{sub1}', forwardQuery: 'none', clickIdParam: null });
    expect(await locationOf(inBytes('/größe?sub1=Привет'))).toBe(`https://s.example/${encodeURIComponent('Привет')}`);
  });
});
