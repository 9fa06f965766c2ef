const HEADERS = [
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
  'Accept: text/html,*/*;q=0.8',
  'Accept-Language: de-CH,de;q=0.9',
  'Accept-Encoding: gzip, deflate, br',
  'Referer: https://blog.example/post?a=1',
  'X-Forwarded-For: 198.51.100.7, 10.0.0.1',
  'Cookie: hb_1=A; b=\xe9',
  'Sec-Purpose: prefetch;prerender',
  'DNT: 1',
  'Sec-GPC: 1',
  'Connection: keep-alive',
  'Connection: close',
  'Authorization: Bearer x',
  'Content-Type: text/plain',
  'Set-Cookie: a=b',
  'X-A: 1',
  'Upgrade-Insecure-Requests: 1',
];
/** Read by the fast reader also where they come twice. */
const REPEATABLE = [
  'Authorization: a',
  'authorization: b',
  'X-A: 1',
  'x-a: 2',
  'Set-Cookie: a=b',
  'set-cookie: c=d',
  'ETag: e',
  'Via: v',
  'Age: 1',
  '__proto__: p',
];
const TARGETS = [
  '/a',
  '/summer%20sale?sub1=a&x=%zz',
  '/postback/AAAAAAAAAAAAAAAAAAAAAAAA?click_id=1&payout=2.5',
  '/a b',
  '/caf\xc3\xa9',
  'http://go.example/a',
  'a',
  '*',
];
/** Lines that decide about host, body and connection. */
const DECISIVE = [
  'Host: other.example',
  'host:',
  'Host: a b',
  'Content-Length: 5',
  'Content-Length: 0',
  'content-length:\t7 ',
  'Content-Length: 5, 5',
  'Content-Length: +5',
  'Transfer-Encoding: chunked',
  'transfer-encoding: identity, chunked',
  'Transfer-Encoding:\x0bchunked',
  'Expect: 100-continue',
  'Upgrade: h2c',
  'Connection: Upgrade',
  'Connection: close\t',
  'Connection: keep-alive, close',
  'Proxy-Connection: close',
  ' folded',
  'no colon',
  ': no name',
  'Blank : x',
];
/** Known to confuse parsers. */
const TRICKS = [
  '\r\n',
  '\n',
  '\r',
  '\r\n\r\n',
  '\n\n',
  '\r\n ',
  '\r\n\t',
  ':',
  ' ',
  '\t',
  '\0',
  '\x0b',
  '\x7f',
  '\xff',
  '#',
  '?',
  '//',
  'GET ',
  'HEAD ',
  'POST ',
  'get ',
  'HTTP/1.0',
  'HTTP/1.1',
  'HTTP/2.0',
  'http://other.example',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  '\r\nContent-Length: 5',
  '\r\nContent-Length: +5',
  '\r\nContent-Length : 5',
  '\r\nContent-Length: 0',
  '\nContent-Length: 5',
  '\r\nTransfer-Encoding: chunked',
  '\r\nTransfer-Encoding:\x0bchunked',
  '\r\nTransfer_Encoding: chunked',
  '\r\nTransfer-Encoding: identity',
  '\r\nX: y\r\n Transfer-Encoding: chunked',
  '\r\n0\r\n\r\n',

  '\r\nHost: other.example',
  '\r\nhost:',
  '\r\nHost: a b',
  '\r\nConnection: close',
  '\r\nConnection: Upgrade',
  '\r\nUpgrade: h2c',
  '\r\nExpect: 100-continue',
  '\r\nProxy-Connection: close',
  '\r\nTrailer: Host',
  '\r\nTE: trailers',
  '\r\nX-A: 2',
  '\r\nUser-Agent: x',
];

/** Makes texts of one to three requests, most of them mutated. The seed decides all of them. */
export class Mutator {
  constructor(private state: number) {}

  next(): string {
    let text = '';
    const requests = 1 + this.below(3);
    for (let i = 0; i < requests; i++) text += this.request();
    const mutations = this.below(4);
    for (let i = 0; i < mutations; i++) text = this.mutated(text);
    return text;
  }

  /** Places to cut a text of this length: all of them, or so many that are spread over it. */
  cuts(length: number, count: number): number[] {
    const all = length - 1;
    if (count >= all) return Array.from({ length: all }, (_, i) => i + 1);
    const step = all / count;
    return Array.from({ length: count }, (_, i) => 1 + Math.floor((i + this.random()) * step));
  }

  private request(): string {
    const kind = this.below(10);
    // Few kinds of lines in some requests, so that names come twice.
    const kinds = this.below(3) === 0 ? REPEATABLE.slice(this.below(REPEATABLE.length - 2)) : HEADERS;
    const lines = Array.from({ length: this.below(5) }, () => this.pick(kinds));
    lines.splice(this.below(lines.length + 1), 0, this.below(12) === 0 ? 'host:go.example:80' : 'Host: go.example');
    const method = kind < 7 ? 'GET' : kind === 7 ? 'HEAD' : 'POST';
    const target = this.below(3) === 0 ? this.pick(TARGETS) : this.pick(TARGETS.slice(0, 3));
    const version = this.below(15) === 0 ? 'HTTP/1.0' : 'HTTP/1.1';
    const body = kind === 8 ? 'a=b&c=d' : kind === 9 ? '5\r\na=b&c\r\n0\r\n\r\n' : '';
    if (kind === 8) lines.push(`Content-Length: ${body.length}`);
    if (kind === 9) lines.push('Transfer-Encoding: chunked');
    return [`${method} ${target} ${version}`, ...lines, '', body].join('\r\n');
  }

  private mutated(text: string): string {
    const at = this.below(text.length);
    switch (this.below(7)) {
      case 0: // a byte replaced
        return text.slice(0, at) + String.fromCharCode(this.below(256)) + text.slice(at + 1);
      case 1: // some bytes removed
        return text.slice(0, at) + text.slice(at + 1 + this.below(4));
      case 2: // a line doubled or removed
        return this.withLines(text, (line) => (this.below(2) === 0 ? [line, line] : []));
      case 4: // a line added
        return this.withLines(text, (line) => [line, this.pick(this.below(3) === 0 ? HEADERS : DECISIVE)]);
      case 3: // the case of two letters; of ASCII only, as that of ÿ is no byte
        return (
          text.slice(0, at) +
          text.slice(at, at + 1).replace(/[a-z]/, (letter) => letter.toUpperCase()) +
          text.slice(at + 1, at + 2).replace(/[A-Z]/, (letter) => letter.toLowerCase()) +
          text.slice(at + 2)
        );
      default:
        return text.slice(0, at) + this.pick(TRICKS) + text.slice(at + this.below(3));
    }
  }

  private withLines(text: string, change: (line: string) => string[]): string {
    const lines = text.split('\r\n');
    const at = this.below(lines.length);
    return lines.flatMap((line, i) => (i === at ? change(line) : [line])).join('\r\n');
  }

  private pick(texts: readonly string[]): string {
    return texts[this.below(texts.length)] ?? '';
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  /** mulberry32 */
  private random(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
}
