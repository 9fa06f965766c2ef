import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readParameters, type RawRequest } from './parameters.js';

const RUNS = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) };
const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
type Case = [what: string, fields: Partial<RawRequest>, pairs: string[], codes: string[]];
const request = (fields: Partial<RawRequest>): RawRequest => ({ query: '', body: '', contentType: '', ...fields });
/** Names and values, in one line each. */
const pairsOf = (fields: Partial<RawRequest>): string[] => {
  const reading = readParameters(request(fields));
  return reading.ok ? reading.parameters.map(({ name, value }) => `${name}=${value}`) : [`! ${reading.message}`];
};
const codesOf = (fields: Partial<RawRequest>): string[] =>
  readParameters(request(fields)).notices.map(({ code }) => code);

describe('readParameters', () => {
  it('puts the body before the query', () => {
    expect(readParameters({ query: 'a=q&b=q', body: 'a=b', contentType: FORM })).toMatchObject({
      ok: true,
      parameters: [
        { name: 'a', value: 'b' },
        { name: 'a', value: 'q' },
        { name: 'b', value: 'q' },
      ],
      notices: [],
    });
  });
  it('reads flat JSON, whatever content type it came with', () => {
    const body = '{"click_id":"K1","payout":50.5,"ok":true,"none":null,"deep":{"x":1}}';
    for (const contentType of ['', FORM, 'text/plain', JSON_TYPE, 'application/vnd.api+json; charset=utf-8']) {
      expect(pairsOf({ body, contentType })).toEqual(['click_id=K1', 'payout=50.5', 'ok=true', 'deep={"x":1}']);
      expect(codesOf({ body, contentType })).toEqual([]);
    }
  });
  it('keeps every digit of a number', () => {
    const body = '{"txid":1234567890123456789,"payout":0.10,"e":1E5}';
    expect(pairsOf({ body, contentType: JSON_TYPE })).toEqual(['txid=1234567890123456789', 'payout=0.10', 'e=1E5']);
  });
  it('says which values were numbers in JSON', () => {
    const body = '{"a":1.234,"b":"1.234","data":{"c":2}}';
    expect(readParameters(request({ body }))).toMatchObject({
      parameters: [{ name: 'a', isNumber: true }, { name: 'b' }, { name: 'c', isNumber: true }],
    });
  });
  it.each([
    ['broken JSON', { body: '{"a":', contentType: JSON_TYPE }, 'flat JSON object'],
    ['a trailing comma', { body: '{"a":1,}', contentType: JSON_TYPE }, 'flat JSON object'],
    ['a list of numbers', { body: '[1]' }, 'flat JSON object'],
    ['JSON that is a text', { body: '"text"', contentType: JSON_TYPE }, 'flat JSON object'],
    ['an empty list and no query', { body: '[]' }, 'no parameters'],
    ['a broken body beside a query', { query: 'a=1', body: '{"a":', contentType: JSON_TYPE }, 'flat JSON object'],
    ['several objects', { query: 'a=1', body: '[{"a":1},{"a":2}]' }, 'a list of 2 objects: send a request for each'],
    [
      'several objects in an envelope',
      { body: '{"events":0,"data":[{"a":1},{"a":2}]}' },
      '"data" is a list of 2 objects',
    ],
    ['XML', { body: '<?xml version="1.0"?><a>1</a>', contentType: 'text/xml' }, 'XML'],
    ['XML beside a query', { query: 'a=1', body: '<a>1</a>' }, 'XML'],
    ['too many parameters', { query: 'a=1&'.repeat(101) }, 'more than 100 parameters'],
    ['too many in query and body', { query: 'a=1&'.repeat(60), body: 'b=1&'.repeat(60) }, 'more than 100 parameters'],
    ['JSON nested too deep', { body: `${'{"a":'.repeat(80)}1${'}'.repeat(80)}` }, 'nested too deep'],
    ['a list nested too deep', { body: '['.repeat(60_000) }, 'nested too deep'],
  ])('K9 refuses %s', (_, fields, message) => {
    expect(pairsOf(fields)).toEqual([expect.stringContaining(message)]);
    expect(readParameters(request(fields)).ok).toBe(false);
  });

  it.each<Case>([
    ['a list with one object', { body: '[{"click_id":"K1","payout":50}]' }, ['click_id=K1', 'payout=50'], []],
    ['a byte order mark', { body: '\ufeff{"click_id":"K1"}', contentType: JSON_TYPE }, ['click_id=K1'], []],
    [
      'an envelope',
      { body: '{"data":{"click_id":"K1","payout":1.10}}' },
      ['click_id=K1', 'payout=1.10'],
      ['envelope_read'],
    ],
    [
      'an envelope in an envelope',
      { body: '{"data":{"attributes":{"click_id":"K1"}}}' },
      ['click_id=K1'],
      ['envelope_read', 'envelope_read'],
    ],
    ['an envelope with a list of one', { body: '{"data":[{"click_id":"K1"}]}' }, ['click_id=K1'], ['envelope_read']],
    [
      'an envelope beside plain fields',
      { body: '{"event":"ftd","data":{"click_id":"K1"}}' },
      ['event=ftd', 'click_id=K1'],
      ['envelope_read'],
    ],
    [
      'an envelope of any name around a click id',
      { body: '{"notify":{"click_id":"K1","e":"x"}}' },
      ['click_id=K1', 'e=x'],
      ['envelope_read'],
    ],
    [
      'an event with a name',
      { body: '{"event":{"name":"ftd","click_id":"K1"}}' },
      ['event=ftd', 'name=ftd', 'click_id=K1'],
      ['envelope_read'],
    ],
    [
      'JSON in a field of a form',
      { body: 'payload=%7B%22click_id%22%3A%22K1%22%7D&event=ftd', contentType: FORM },
      ['event=ftd', 'click_id=K1'],
      ['envelope_read'],
    ],
    ['JSON in a parameter', { query: 'data={"click_id":"K1","n":1.0}' }, ['click_id=K1', 'n=1.0'], ['envelope_read']],
    ['JSON as a text in JSON', { body: '"{\\"click_id\\":\\"K1\\"}"', contentType: JSON_TYPE }, ['click_id=K1'], []],
    [
      'JSON as a text in a field',
      { body: '{"message":"{\\"click_id\\":\\"K1\\"}"}' },
      ['click_id=K1'],
      ['envelope_read'],
    ],
    [
      'a list of names and values',
      { body: '[{"name":"click_id","value":"K1"},{"name":"n","value":2}]' },
      ['click_id=K1', 'n=2'],
      [],
    ],
    ['a form without a content type', { body: 'click_id=K1&event=ftd' }, ['click_id=K1', 'event=ftd'], []],
    ['a form as text', { body: 'click_id=K1&event=ftd', contentType: 'text/plain' }, ['click_id=K1', 'event=ftd'], []],
    [
      'a form in lines',
      { body: 'click_id=K1\r\nevent=ftd\n', contentType: 'text/plain' },
      ['click_id=K1', 'event=ftd'],
      [],
    ],
    [
      'multipart',
      {
        body: '--b\r\nContent-Disposition: form-data; name="click_id"\r\n\r\nK1\r\n--b--\r\n',
        contentType: 'multipart/form-data; boundary=b',
      },
      ['click_id=K1'],
      [],
    ],
    [
      'a form that was multipart',
      { body: 'click_id=K1', contentType: 'multipart/form-data; boundary=b' },
      ['click_id=K1'],
      [],
    ],
    ['two query marks', { query: '?click_id=K1' }, ['click_id=K1'], []],
    ['an ampersand at the beginning', { query: '&click_id=K1' }, ['click_id=K1'], []],
    [
      'a second query mark',
      { query: 'token=t?click_id=K1&event=ftd' },
      ['token=t', 'click_id=K1', 'event=ftd'],
      ['mended_separator'],
    ],
    ['a query mark at the end', { query: 'click_id=K1&event=ftd?' }, ['click_id=K1', 'event=ftd'], []],
    ['an encoded ampersand', { query: 'click_id=K1%26event=ftd' }, ['click_id=K1', 'event=ftd'], ['mended_separator']],
    [
      'semicolons',
      { query: 'click_id=K1;event=ftd;payout=5' },
      ['click_id=K1', 'event=ftd', 'payout=5'],
      ['mended_separator'],
    ],
    [
      'a semicolon before a usual name',
      { query: 'click_id=K1;event=ftd&payout=5' },
      ['click_id=K1', 'event=ftd', 'payout=5'],
      ['mended_separator'],
    ],
    [
      'a query that is encoded as a whole',
      { query: 'click_id%3DK1%26event%3Dftd%26txid%3Da%2520b' },
      ['click_id=K1', 'event=ftd', 'txid=a b'],
      ['mended_separator'],
    ],
    ['a blank before a name', { query: '%20click_id=K1&+event=ftd' }, ['click_id=K1', 'event=ftd'], []],
    [
      'an encoded = between others',
      { query: 'click_id=K1&currency%3DEUR' },
      ['click_id=K1', 'currency=EUR'],
      ['mended_separator'],
    ],
    ['an encoded ? at the beginning', { query: '%3Fclick_id=K1' }, ['click_id=K1'], []],
    ['a path at the beginning', { query: '/?click_id=K1' }, ['click_id=K1'], []],
    [
      'an envelope in brackets',
      { body: 'data[click_id]=K1&data.event=ftd', contentType: FORM },
      ['click_id=K1', 'event=ftd'],
      ['envelope_read', 'envelope_read'],
    ],
    [
      'a form as a JSON text',
      { body: '"click_id=K1&event=ftd"', contentType: JSON_TYPE },
      ['click_id=K1', 'event=ftd'],
      [],
    ],
    ...['true', '0', '"OK"'].map((body): Case => [
      `a body ${body} beside a query`,
      { query: 'click_id=K1', body, contentType: JSON_TYPE },
      ['click_id=K1'],
      ['body_ignored'],
    ]),
    ['a fragment', { query: 'click_id=K1&event=ftd#top' }, ['click_id=K1', 'event=ftd'], ['fragment_dropped']],
    ['an empty fragment', { query: 'click_id=K1&event=ftd#' }, ['click_id=K1', 'event=ftd'], []],
    ...['[]', '{}', 'null', '{ }', '""', 'undefined', '[object Object]', '[null]', '  '].map((body): Case => [
      `a body ${body} beside a query`,
      { query: 'click_id=K1', body, contentType: JSON_TYPE },
      ['click_id=K1'],
      [],
    ]),
  ])('K9 understands %s', (_, fields, pairs, codes) => {
    expect(pairsOf(fields)).toEqual(pairs);
    expect(codesOf(fields)).toEqual(codes);
  });

  it.each([
    ['an object that is no envelope', { body: '{"click":{"id":"K1"}}' }, ['click={"id":"K1"}']],
    [
      'a URL with a query of its own',
      { query: 'url=https://a.example/p?x=1&click_id=K1' },
      ['url=https://a.example/p?x=1', 'click_id=K1'],
    ],
    [
      'an encoded URL',
      { query: 'url=https%3A%2F%2Fa.example%2Fp%3Fx%3D1%26y%3D2' },
      ['url=https://a.example/p?x=1&y=2'],
    ],
    [
      'a user agent',
      { query: 'ua=Mozilla/5.0 (X11; Linux x86_64)&a=1' },
      ['ua=Mozilla/5.0 (X11; Linux x86_64)', 'a=1'],
    ],
    ['a number sign in a transaction id', { query: 'a=1&txid=ORDER#A' }, ['a=1', 'txid=ORDER#A']],
    ['a number sign with more behind it', { query: 'txid=A#1&payout=5' }, ['txid=A#1', 'payout=5']],
    ['a macro in number signs', { query: 'click_id=#s2#&a=1' }, ['click_id=#s2#', 'a=1']],
    ['a macro at the end', { query: 'a=1&click_id=#subid#' }, ['a=1', 'click_id=#subid#']],
    ['Base64', { query: 'a=Zm9vPQ==&b=1' }, ['a=Zm9vPQ==', 'b=1']],
    ['a double encoding', { query: 'a=b%2540c' }, ['a=b%40c']],
    ['an unfilled macro', { query: 'payload={payload}&event={event}' }, ['payload={payload}', 'event={event}']],
    ['a value within quotes', { query: 'a=%22b%3Bc%3Dd%22' }, ['a="b;c=d"']],
  ])('leaves %s as it is', (_, fields, pairs) => {
    expect(pairsOf(fields)).toEqual(pairs);
    expect(codesOf(fields)).toEqual([]);
  });

  it('takes nothing out of an envelope that contradicts what stands beside it, and says so', () => {
    const body = '{"event":"ftd","data":{"event":"registration","click_id":"K1"}}';
    expect(pairsOf({ body })).toEqual(['event=ftd', 'data={"event":"registration","click_id":"K1"}']);
    expect(codesOf({ body })).toEqual(['envelope_unread']);
  });

  it('signs what was sent, envelopes as they came', () => {
    const reading = readParameters(request({ query: 'data={"a":1}&b=2' }));
    expect(reading).toMatchObject({
      sent: [
        { name: 'data', value: '{"a":1}' },
        { name: 'b', value: '2' },
      ],
    });
  });
});

describe('K7 bytes that are not UTF-8', () => {
  it('stay different where no character set is known, and there is a notice', () => {
    expect(pairsOf({ query: 'txid=caf%E9&sub1=%E4%F6' })).toEqual(['txid=caf%E9', 'sub1=%E4%F6']);
    expect(pairsOf({ query: 'txid=caf%E8' })).toEqual(['txid=caf%E8']);
    expect(pairsOf({ query: 'a=%C3%A9%E9%F0%9F%98%80%FF' })).toEqual(['a=é%E9😀%FF']);
    expect(codesOf({ query: 'txid=caf%E9' })).toEqual(['not_utf8']);
    expect(readParameters(request({ query: 'txid=caf%E9' })).notices[0]?.text).toMatch(/"txid".*mapping\.charset/);
  });
  it('are read by the network’s character set, UTF-8 by its own', () => {
    const query = 'sub1=%CF%F0%E8%E2%E5%F2&sub2=%D0%9F%D1%80%D0%B8';
    const reading = readParameters(request({ query, charset: 'windows-1251' }));
    expect(reading).toMatchObject({
      parameters: [
        { name: 'sub1', value: 'Привет' },
        { name: 'sub2', value: 'При' },
      ],
      notices: [],
      charset: 'windows-1251',
    });
    expect(readParameters(request({ query: 'a=1', charset: 'windows-1251' }))).not.toHaveProperty('charset');
  });
  it('are read by the character set that the body’s type names', () => {
    const contentType = `${FORM}; charset="ISO-8859-1"`;
    expect(pairsOf({ body: 'a=caf%E9', contentType })).toEqual(['a=café']);
    expect(pairsOf({ body: 'a=caf%E9', contentType, charset: 'windows-1251' })).toEqual(['a=café']);
    expect(pairsOf({ body: 'a=%D0', contentType: `${FORM}; charset=nonsense` })).toEqual(['a=%D0']);
    expect(pairsOf({ query: 'a=%82%A0', charset: 'shift_jis' })).toEqual(['a=あ']);
    expect(pairsOf({ query: 'a=%1B%24B%24%22%1B%28B', charset: 'iso-2022-jp' })).toEqual(['a=あ']);
  });
  it('leaves U+FFFD alone where it was sent as such', () => {
    expect(pairsOf({ query: 'a=%EF%BF%BD&b=%zz%' })).toEqual(['a=\ufffd', 'b=%zz%']);
    expect(codesOf({ query: 'a=%EF%BF%BD' })).toEqual([]);
  });

  const percentEncoded = (bytes: Uint8Array): string =>
    `%${Buffer.from(bytes).toString('hex').match(/../g)?.join('%')}`;
  it('never become the same text, if they hold no percent sign', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 6 }).filter((some) => !some.includes(0x25));
    const value = (some: Uint8Array): string | undefined => pairsOf({ query: `a=${percentEncoded(some)}` })[0];
    fc.assert(
      fc.property(bytes, bytes, (one, other) => {
        fc.pre(Buffer.compare(Buffer.from(one), Buffer.from(other)) !== 0);
        expect(value(one)).not.toBe(value(other));
      }),
      RUNS,
    );
  });
});

describe('any request', () => {
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          'a=1',
          'click_id=K',
          '&',
          '&amp;',
          '%26',
          '%3D',
          '=',
          '?',
          '#',
          ';',
          '\n',
          '{',
          '}',
          '[',
          ']',
          '"',
          ':',
          ',',
          '¤cy=',
          '%A4cy=',
          '%C2%A4',
          '%E9',
          '%',
          '{"data":',
          'payload=',
          '--b',
          '\r\n',
          '<',
          'null',
          '[{}]',
          '\\u00',
        ),
        { maxLength: 14 },
      )
      .map((pieces) => pieces.join('')),
    fc.json(),
  );
  const anyRequest = fc.record({
    query: odd,
    body: odd,
    contentType: fc.constantFrom(
      '',
      FORM,
      JSON_TYPE,
      'multipart/form-data; boundary=b',
      `${FORM}; charset=windows-1251`,
    ),
    charset: fc.constantFrom(undefined, 'windows-1251', 'utf-16le', 'iso-2022-jp', 'nonsense'),
  });
  it('is read without an error, within bounds, and the same each time', () => {
    fc.assert(
      fc.property(anyRequest, (one) => {
        const reading = readParameters(one);
        expect(reading).toEqual(readParameters(one));
        if (reading.ok) expect(reading.parameters.length).toBeLessThanOrEqual(100);
        expect(reading.notices.every(({ code, text }) => code !== '' && text.length < 500)).toBe(true);
      }),
      RUNS,
    );
  });
  it('is read as a browser would, when a browser encoded it', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 12 });
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).map((some) => `n${some}`);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, text), { maxLength: 8 }), (pairs) => {
        // A name that holds a broken entity, or JSON in an envelope, is not what a browser's form has.
        const query = new URLSearchParams(pairs).toString();
        const reading = readParameters(request({ query }));
        expect(reading).toMatchObject({ ok: true, notices: [] });
        const expected = pairs.map(([one, value]) => ({ name: one.trim(), value }));
        if (reading.ok) expect(reading.parameters).toEqual(expected);
      }),
      RUNS,
    );
  });
});
