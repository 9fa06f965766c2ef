import { expect, it } from 'vitest';
import { toCurl } from './curl';

const GET = { method: 'GET', path: '/postback/***', query: 'a=1&b=2', body: '', headers: {} };

it('is the request as a command', () => {
  expect(toCurl(GET, 'https://go.brand.example')).toBe("curl 'https://go.brand.example/postback/***?a=1&b=2'");
  expect(toCurl({ ...GET, method: 'HEAD', query: '' }, '')).toBe("curl --head '/postback/***'");
});

it('has the body, and the headers that are not those of the connection', () => {
  const headers = { 'content-type': 'application/json', host: 'go.brand.example', 'content-length': '9' };
  expect(toCurl({ ...GET, method: 'POST', query: '', body: '{"a":"1"}', headers }, 'http://x')).toBe(
    `curl -X POST 'http://x/postback/***' -H 'content-type: application/json' --data-raw '{"a":"1"}'`,
  );
});

it('leaves nothing of the request to the shell', () => {
  expect(toCurl({ ...GET, query: "a=';rm -rf $HOME;'" }, '')).toBe(
    String.raw`curl '/postback/***?a='\'';rm -rf $HOME;'\'''`,
  );
});
