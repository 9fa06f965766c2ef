import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BodyKind, toBodyText } from './body-text.js';
import { readParameters } from './parameters.js';

const RUNS = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) };
const FORM = 'application/x-www-form-urlencoded';
const kind = (fields: Partial<BodyKind> = {}): BodyKind => ({
  contentType: '',
  contentEncoding: '',
  charsets: [],
  ...fields,
});
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('K9 a packed body', () => {
  const text = '{"click_id":"K1","note":"é"}';
  it.each([
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['GZIP', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
    ['identity', Buffer.from(text)],
    ['', gzipSync(text)],
    ['gzip', Buffer.from(text)],
    ['br', Buffer.from(text)],
  ])('is read: "%s"', (contentEncoding, bytes) => {
    expect(toBodyText(bytes, kind({ contentEncoding }))).toEqual({ text, notices: [] });
  });
  it.each([
    ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), /compressed as "zstd"/],
    ['gzip', Buffer.from([0, 1, 2, 3]), /cannot be decompressed/],
    ['gzip', gzipSync(text).subarray(0, 20), /cannot be decompressed/],
    ['gzip', gzipSync(Buffer.alloc(5_000_000)), /64 KiB/],
    ['br', brotliCompressSync(Buffer.alloc(50_000_000)), /64 KiB/],
    ['gzip, gzip', gzipSync(gzipSync(Buffer.alloc(5_000_000))), /64 KiB/],
    ['gzip, gzip, gzip, gzip', Buffer.from([1]), /more than three/],
  ])('is refused with a reason: "%s"', (contentEncoding, bytes, message) => {
    expect(toBodyText(bytes, kind({ contentEncoding })).message).toMatch(message);
  });
});

describe('K7 the bytes of a body', () => {
  it('are read as the character set says, whatever kind of body it is', () => {
    const read = (bytes: Buffer, contentType: string, charset?: string): string[] => {
      const { text } = toBodyText(bytes, kind({ contentType, charsets: charset === undefined ? [] : [charset] }));
      const reading = readParameters({ query: '', body: text, contentType, charset });
      return reading.ok ? reading.parameters.map(({ name, value }) => `${name}=${value}`) : [reading.message];
    };
    expect(read(latin1('a=caf\xe9'), FORM)).toEqual(['a=caf%E9']);
    expect(read(latin1('a=caf\xe9'), `${FORM}; charset=iso-8859-1`)).toEqual(['a=café']);
    expect(read(latin1('a=\xcf\xf0'), FORM, 'windows-1251')).toEqual(['a=Пр']);
    expect(read(latin1('{"a":"\xcf\xf0"}'), 'application/json', 'windows-1251')).toEqual(['a=Пр']);
    expect(read(latin1('{"a":"caf\xe9"}'), 'application/json')).toEqual(['a=caf%E9']);
    expect(read(Buffer.from('\ufeff{"a":"é"}', 'utf16le'), 'application/json')).toEqual(['a=é']);
    expect(read(Buffer.from('{"a":"é"}', 'utf16le'), 'application/json; charset=utf-16le')).toEqual(['a=é']);
    expect(read(Buffer.from('{"a":"é"}'), 'application/json; charset=utf-16')).toEqual(['a=é']);
    expect(read(Buffer.from('\ufeffa=é'), FORM)).toEqual(['a=é']);
    expect(read(Buffer.from('{"a":"é"}'), 'application/json', 'windows-1251')).toEqual(['a=é']);
  });
});

describe('K9 multipart', () => {
  const part = (disposition: string, value: string): string =>
    `Content-Disposition: form-data; ${disposition}\r\n\r\n${value}\r\n`;
  const TYPE = 'multipart/form-data; boundary=xY';
  it.each([
    [
      'fields',
      TYPE,
      `--xY\r\n${part('name="click_id"', 'K1')}--xY\r\n${part('name="note"', 'a&b=c é')}--xY--\r\n`,
      [
        ['click_id', 'K1'],
        ['note', 'a&b=c é'],
      ],
    ],
    ['a quoted boundary', 'multipart/form-data; boundary="xY"', `--xY\r\n${part('name=a', '1')}--xY--`, [['a', '1']]],
    [
      'another boundary than it says',
      'multipart/form-data; boundary=zz',
      `--xY\r\n${part('name=a', '1')}--xY--`,
      [['a', '1']],
    ],
    ['no boundary', 'multipart/form-data', `--xY\r\n${part('name=a', '1')}--xY--`, [['a', '1']]],
    ['lines that end by LF', TYPE, `--xY\nContent-Disposition: form-data; name="a"\n\n1\n--xY--\n`, [['a', '1']]],
    ['no end', TYPE, `--xY\r\n${part('name="a"', '1')}`, [['a', '1']]],
    ['an empty value', TYPE, `--xY\r\n${part('name="a"', '')}--xY--`, [['a', '']]],
    ['a value of two lines', TYPE, `--xY\r\n${part('name="a"', '1\r\n2')}--xY--`, [['a', '1\r\n2']]],
  ])('is read: %s', (_, contentType, body, pairs) => {
    const { text, message } = toBodyText(Buffer.from(body), kind({ contentType }));
    expect(message).toBeUndefined();
    expect([...new URLSearchParams(text)]).toEqual(pairs);
  });
  it('names the files that it leaves out', () => {
    const body = `--xY\r\n${part('name="proof"; filename="a.png"', '\x89PNG')}--xY\r\n${part('name="a"', '1')}--xY--`;
    const { text, notices } = toBodyText(latin1(body), kind({ contentType: TYPE }));
    expect(text).toBe('a=1');
    expect(notices).toEqual([{ code: 'files_ignored', text: 'Files were ignored: "proof".' }]);
  });
  it('is refused where nothing is found in it', () => {
    expect(toBodyText(Buffer.from('a=1'), kind({ contentType: TYPE })).message).toMatch(/no field/);
  });
});

it('takes any bytes without an error, and gives text that a log can keep', () => {
  const anyKind = fc.record({
    contentType: fc.constantFrom('', FORM, 'application/json', 'multipart/form-data; boundary=b', 'a; charset=utf-16'),
    contentEncoding: fc.constantFrom('', 'gzip', 'deflate', 'br', 'x', 'gzip,br'),
    charsets: fc.constantFrom([], ['windows-1251'], ['utf-16le']),
  });
  const start = fc.constantFrom(
    '',
    '{"a":"',
    '--b\r\nContent-Disposition: form-data; name=a\r\n\r\n',
    '\x1f\x8b',
    '\xff\xfe',
    'a=',
  );
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 60 }), anyKind, (beginning, bytes, one) => {
      const body = Buffer.concat([latin1(beginning), bytes]);
      const { text } = toBodyText(body, one);
      expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
      expect(readParameters({ query: '', body: text, contentType: one.contentType })).toBeDefined();
    }),
    RUNS,
  );
});
