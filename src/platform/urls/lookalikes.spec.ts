import { describe, expect, it } from 'vitest';
import { warningsOf } from './lookalikes.js';

const codesOf = (url: string): string[] => warningsOf(new URL(url)).map(({ code }) => code);

describe('the warnings of a host', () => {
  it.each<[string, string[]]>([
    ['https://apple.com/', []],
    ['https://müller.de/', []],
    ['https://аpple.com/', ['mixed_script']], // a Cyrillic а
    ['https://аррӏе.com/', ['lookalike']],
    ['https://www.аррӏе.com/', ['lookalike']],
    ['https://ѕсоре.com/', ['lookalike']],
    ['https://почта.рф/', []],
    ['https://россия.com/', []],
    ['https://ελλάδα.gr/', []],
    ['https://東京タワー.jp/', []],
    ['https://abc東京.jp/', []],
    ['https://gооgle.com/', ['mixed_script']],
    ['https://한국.kr/', []],
    ['https://faß.de/', []],
    ['https://a.аb.gов.com/', ['mixed_script', 'mixed_script']],
  ])('%s: %j', (url, codes) => {
    expect(codesOf(url)).toEqual(codes);
  });

  it('name the host as it is shown and as it is sent', () => {
    expect(warningsOf(new URL('https://аррӏе.com/'))[0]?.message).toBe(
      '"аррӏе" in xn--80ak6aa92e.com reads like "apple"',
    );
  });
});
