import { describe, expect, it } from 'vitest';
import { findRequest } from './pasted-request';

const URL = 'https://go.brand.example/postback/k1?tid=abc&sum=50,00';
const PATH = '/postback/k1?tid=abc&sum=50,00';

describe('a pasted text', () => {
  it.each([
    ['a URL', URL, { url: URL }],
    ['a URL with blanks around', `  ${URL}\n`, { url: URL }],
    ['a URL in a sentence', `We called "${URL}" at 14:02.`, { url: URL }],
    ['a curl command', `curl -s '${URL}'`, { url: URL }],
    ['a request line', `GET ${PATH} HTTP/1.1`, { url: PATH }],
    ['a request with headers', `GET ${PATH} HTTP/1.1\nHost: go.brand.example\n\n`, { url: PATH }],
    ['a path', PATH, { url: PATH }],
    [
      'a line of an access log',
      `203.0.113.7 - - [27/Nov/2026:14:02:51 +0000] "GET ${PATH} HTTP/1.1" 422 91 "-" "curl"`,
      { url: PATH },
    ],
    ['a query', '?tid=abc&sum=5', { query: 'tid=abc&sum=5' }],
    ['a query in lines', 'tid=abc\nsum=5', { query: 'tid=abc&sum=5' }],
    ['JSON', '{"tid":"abc"}', { method: 'POST', query: '', body: '{"tid":"abc"}', contentType: 'application/json' }],
  ])('with %s is found', (_, text, request) => expect(findRequest(text)).toEqual(request));

  it('with a whole POST keeps query, body and content type', () => {
    const text = 'POST /postback/k1?a=1 HTTP/1.1\r\nContent-Type: text/plain\r\n\r\ntid=abc\r\n\r\nx';
    expect(findRequest(text)).toEqual({
      method: 'POST',
      query: 'a=1',
      body: 'tid=abc\n\nx',
      contentType: 'text/plain',
    });
    expect(findRequest('POST /postback/k1 HTTP/1.1\n\n{"a":1}')).toMatchObject({ contentType: 'application/json' });
    expect(findRequest('POST /postback/k1 HTTP/1.1\n\na=1')).toMatchObject({ contentType: expect.stringMatching('form') });
  });

  it('without anything is nothing', () => expect(findRequest(' \n ')).toBeUndefined());
});
