import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slugOfPath, slugProblem } from '../../links/rules/slug.js';
import { slipsOf } from './slug-slips.js';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);
const slugsOf = (path: string): string[] => slipsOf(path).map(({ slug }) => slug);
/** The slip that is found when `summer` is the only link. */
const summerOf = (path: string) => slipsOf(path).find(({ slug }) => slug === 'summer' || slug === 'summer+');

const PUNCTUATION = [
  ...'.),>]}"\'»”…!*_;:\\<([{«“’‘`´~|^=-–—·•،。、，．！？：；）】」』〉》',
  ').',
  '),',
  '!!!',
  '...',
  '>.',
  '**',
  '__',
  '")',
];

describe('slipsOf', () => {
  it.each(PUNCTUATION)('K10 a slug followed by %s', (mark) => {
    const encoded = encodeURIComponent(mark);
    const raw = Buffer.from(mark, 'utf8').toString('latin1');
    for (const tail of [encoded, raw, `${encoded}/`, `/${encoded}`]) {
      expect(summerOf(`/summer${tail}`), tail).toMatchObject({ slug: 'summer', query: '', isPreview: false });
    }
  });

  it.each(['\u200b', '\ufeff', '\u200e', '\u00ad', '\u2060', '\u200d', '\u3164', '\u00a0', '\u2028'])(
    'K10 a slug followed by a character that is not seen: %j',
    (mark) => {
      const encoded = encodeURIComponent(mark);
      const raw = Buffer.from(mark, 'utf8').toString('latin1');
      for (const path of [`summer${encoded}`, `summer${raw}`, `${raw}summer`, `summer${encoded}.${raw}`]) {
        expect(summerOf(`/${path}`), path).toMatchObject({ slug: 'summer', query: '' });
      }
    },
  );

  it.each<[string, string]>([
    ['/summer&utm_source=x', 'utm_source=x'],
    ['/summer&amp;utm_source=x', 'amp;utm_source=x'],
    ['/summer&utm_source=x&sub1=%CF%F0', 'utm_source=x&sub1=%CF%F0'],
    ['/summer/&utm_source=x', 'utm_source=x'],
    ['/summer%26utm_source=x', 'utm_source=x'],
    ['/summer%26utm_source%3Dx', 'utm_source=x'],
    ['/summer%3Futm_source=x&sub1=a', 'utm_source=x&sub1=a'],
    ['/summer%3Futm_source%3Dx%26sub1%3Da%2520b%0A', 'utm_source=x&sub1=a%20b%0A'],
    ['/summer%253Futm_source%253Dx', 'utm_source=x'],
    ['/summer&debug', 'debug'],
    ['/summer&', ''],
    ['/summer&&a=1', 'a=1'],
    ['/summer;jsessionid=AB12.node', ''],
    ['/summer;jsessionid=AB12&utm_source=x', 'utm_source=x'],
    ['/summer%3BPHPSESSID%3DAB12', ''],
    ['/summer;a=1;b=2', ''],
    ['/summer&quot;', ''],
    ['/summer&gt;.', ''],
    ['/summer&nbsp;', ''],
    ['/summer&utm_source=x&quot;', 'utm_source=x'],
    ['/summer%23top', ''],
    ['/summer).&utm_source=x', 'utm_source=x'],
    ['/summer"><b>now</b>', ''],
    ['/summer%22%20target=%22_blank%22', ''],
    ['/summer](https://go.example/summer)', ''],
    ['/summer\\n\\nNext', ''],
    ['/summer%0ANext%20line', ''],
    ['/summer%20https://go.example/winter', ''],
    ['/summer,https://go.example/winter', ''],
    ['/summer&%2339;', ''],
    ['/summer%5Cu0026sub1=a', ''],
  ])('K10 what stands behind a slug: %s', (path, query) => {
    expect(summerOf(path)).toMatchObject({ slug: 'summer', query });
  });

  it.each([
    '/summer//',
    '//summer',
    '///summer///',
    '/%20summer',
    '/summer%20',
    '/%20summer%20',
    '/+summer',
    '/%5Csummer',
    '/%7Bsummer%7D',
    '/**summer**',
    '/summer%0A',
    '/summer%0D%0A',
    '/summer%',
    '/summer%2',
    '/summer%E2%80',
    '/summer%94',
    '/summer\x94',
    '/%93summer%94',
    '/summer%C2%BB',
    '/summer%2520',
    '/summer%252E',
    '/%22summer%22',
    '/<summer>',
    '/(summer)',
    '/sum%C2%ADmer',
    '/summer👇',
    '/summer%F0%9F%91%87%F0%9F%8F%BD',
    '/summer%00',
  ])('K10 a slug with something around it: %s', (path) => {
    const wire = Buffer.from(path, 'utf8').toString('latin1');
    expect(summerOf(path.includes('👇') ? wire : path)).toMatchObject({ slug: 'summer', query: '', isPreview: false });
  });

  it.each([
    ['/summer+)', 'summer+'],
    ['/summer+.', 'summer+'],
    ['/summer%2B%20', 'summer+'],
    ['/summer.+', 'summer.'],
  ])('K10 a preview with a slip stays one: %s', (path, slug) => {
    expect(slipsOf(path)[0]).toMatchObject({ slug, isPreview: true });
  });

  it('K10 tries what is most like the slug that was asked for first', () => {
    expect(slugsOf('/summer!).')).toEqual(['summer!)', 'summer!', 'summer']);
    expect(slugsOf('/r&b&utm_source=x')).toEqual(['r&b', 'r']);
    expect(slugsOf('/a//b/')).toEqual(['a/b']);
    expect(slipsOf('//go/x/')).toMatchObject([{ slug: 'go/x', trailingSlash: '/' }]);
    expect(slipsOf('/summer/).')).toMatchObject([{ slug: 'summer/)' }, { slug: 'summer', trailingSlash: '' }]);
  });

  it.each([
    '/summer',
    '/summer/',
    '/wp-login.php',
    '/summer/sale',
    '/%C3%A9t%C3%A9',
    '/%E9t%E9',
    '/caf%E9',
    '/%CF%F0%E8',
    '/summer%20sale',
    '/.env',
    '/api.',
    '/robots.txt)',
    '/postback&a=b',
    '/_x.',
    '/)',
    '/&a=b',
    '/...',
    '/+',
    '/%20',
    '/🔥🔥',
    '/👍🏽',
    '/👩‍🚀',
    `/${'a'.repeat(9_000)}.`,
  ])('K10 guesses nothing of what has no slip, or of what is no slug without it: %s', (path) => {
    const wire = /[^\0-\x7f]/.test(path) ? Buffer.from(path, 'utf8').toString('latin1') : path;
    expect(slugsOf(wire)).toEqual([]);
  });

  it('K10 names few slugs, all of which there could be, whatever is asked for', () => {
    const unit = fc.oneof(
      fc.constantFrom(...'ab/.)&=?;+%"<> \\*#|', '%20', '%E2%80%8B', '%25', '%26', '%3D', '%3F', 'amp;', '%CF', '\xcf'),
      fc.integer({ min: 0x21, max: 0xff }).map((code) => String.fromCharCode(code)),
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (rest) => {
        const slips = slipsOf(`/${rest}`);
        expect(slips.length).toBeLessThanOrEqual(8);
        for (const { slug, query } of slips) {
          expect(slug).not.toBe(slugOfPath(`/${rest}`));
          expect(slug.replace(/\+$/, '')).not.toBe('');
          expect(slug).not.toMatch(/[\s%?#\\{}]|\p{Surrogate}|^\/|\/$/u);
          expect(query).not.toMatch(/[\s\p{Cc}#]|[^\0-\xff]/u); // it becomes a line of the spool
        }
      }),
      { numRuns },
    );
  });

  it('K10 finds every slug again whatever punctuation stands behind it', () => {
    const slug = fc
      .string({ unit: fc.constantFrom(...'abcé夏🏖-_.!~$/'), minLength: 1, maxLength: 12 })
      .filter((text) => slugProblem(text) === undefined && !/^\p{Ps}/u.test(text));
    const mark = fc.constantFrom(...PUNCTUATION.filter((text) => text.length === 1));
    fc.assert(
      fc.property(slug, fc.array(mark, { minLength: 1, maxLength: 4 }), (text, marks) => {
        const path = `/${encodeURIComponent(text + marks.join('')).replaceAll('%2F', '/')}`;
        const meant = text.normalize('NFC');
        expect([slugOfPath(path), ...slugsOf(path)]).toContain(meant);
      }),
      { numRuns },
    );
  });

  it('takes no longer for a long path', () => {
    for (const text of ['.', '&', '%26', ';a=', '%25', '%2E', '/', '\xe2\x80\x8b', '"', '%F0%9F%91%87']) {
      const path = `/${text.repeat(Math.floor(8_000 / text.length))}`;
      expect(slipsOf(path).length).toBeLessThanOrEqual(8);
    }
  });
});
