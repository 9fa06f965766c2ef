import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sendRedirect, TestEdge } from '../../test/support/edge.js';
import { RawClient } from '../../test/support/raw-client.js';

let test: TestEdge;

beforeEach(async () => {
  test = await TestEdge.start({
    handle: ({ url }, reply) => {
      if (url.startsWith('/api')) return false;
      sendRedirect(reply, `https://s.example${url}`);
      return true;
    },
  });
});
afterEach(() => test.close());

describe('K9 a request line that Node refuses', () => {
  const LINES: [what: string, line: string, url: string][] = [
    ['a blank', 'GET /a b HTTP/1.1', '/a%20b'],
    ['blanks and a tab', 'GET /a?b= c\td HTTP/1.1', '/a?b=%20c%09d'],
    ['a letter that is no ASCII', 'GET /caf\xc3\xa9?x=\xe9 HTTP/1.1', '/caf%C3%A9?x=%E9'],
    ['a control character', 'GET /a\x01 HTTP/1.1', '/a%01'],
    ['a blank behind the version', 'GET /a HTTP/1.1 ', '/a'],
    ['a method in lower case', 'get /a HTTP/1.1', '/a'],
    ['no slash', 'GET a HTTP/1.1', '/a'],
  ];
  it.each(LINES)('is read with what HTTP allows in its place: %s', async (_, line, url) => {
    const client = await test.open();
    for (let time = 0; time < 2; time++) {
      const { headers } = await client.ask(`${line}\r\nHost: x\r\n\r\n`);
      expect([headers['location'], headers['connection']]).toEqual([`https://s.example${url}`, 'keep-alive']);
    }
    expect(test.nodesPaths).toEqual([]);
  });
  it.each(LINES)('is refused by Node: %s', async (_, line) => {
    const bare = createServer((_request, response) => response.end());
    await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve));
    const client = await RawClient.open((bare.address() as AddressInfo).port);
    expect((await client.ask(`${line}\r\nHost: x\r\n\r\n`)).status).toBe(400);
    client.socket.destroy();
    bare.close();
  });
  it('is read in pieces, cut anywhere', async () => {
    const text = 'GET /a b\xe9 HTTP/1.1\r\nHost: x\r\n\r\n';
    for (let cut = 1; cut < text.length; cut++) {
      const client = await test.open();
      await client.send(text.slice(0, cut));
      await new Promise((resolve) => setImmediate(resolve));
      const { headers } = await client.ask(text.slice(cut));
      expect(headers['location']).toBe('https://s.example/a%20b%E9');
      client.socket.destroy();
    }
  });
  it('goes to Node repaired, with its body, where the application leaves it', async () => {
    const client = await test.open();
    const text = 'POST /api a\xe9 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhe o\xe9';
    expect((await client.ask(text)).body).toBe('node');
    expect(test.nodesPaths).toEqual(['/api%20a%E9']);
  });

  it.each(LINES)('is served as the last one on a connection that Node has already: %s', async (_, line, url) => {
    const client = await test.open();
    expect((await client.ask('GET /api HTTP/1.1\r\nHost: x\r\n\r\n')).body).toBe('node');
    const { headers } = await client.ask(`${line}\r\nHost: x\r\n\r\n`);
    expect([headers['location'], headers['connection']]).toEqual([`https://s.example${url}`, 'close']);
  });
});
