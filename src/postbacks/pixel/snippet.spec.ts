import { runInNewContext } from 'node:vm';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { minify } from './minify.js';
import { SNIPPET } from './snippet.js';

describe('the snippet', () => {
  it('is smaller than 3 KB as it is served', () => {
    expect(Buffer.byteLength(SNIPPET)).toBeLessThan(3 * 1024);
  });

  it('has no syntax that is newer than ES5', () => {
    const translate = (text: string, target: ts.ScriptTarget): string =>
      ts.transpileModule(text, { compilerOptions: { target, module: ts.ModuleKind.None, alwaysStrict: false } })
        .outputText;
    const isES5 = (text: string): boolean =>
      translate(text, ts.ScriptTarget.ES5) === translate(text, ts.ScriptTarget.ESNext);
    for (const newer of [
      'let a;',
      '(() => 1)();',
      'try { f(); } catch { }',
      'f(...a);',
      'a = `b`;',
      'a = { b };',
      'a?.b;',
    ]) {
      expect(isES5(newer), newer).toBe(false);
    }
    expect(isES5(SNIPPET)).toBe(true);
  });

  it('has only texts and names of its own left after it was made small', () => {
    expect(SNIPPET).not.toMatch(/\$[A-Za-z]|\n| {2}|\/\/ /);
  });

  it('sets its cookie with Secure on https only', () => {
    const cookiesOn = (protocol: string): string[] => {
      const written: string[] = [];
      const document = {
        currentScript: { src: 'https://go.brand.com/hopback.js', getAttribute: () => null },
        get cookie() {
          return '';
        },
        set cookie(text: string) {
          if (!text.includes('max-age=0')) written.push(text);
        },
      };
      const location = { protocol, hostname: 'www.brand.com', search: `?click_id=${'a'.repeat(31)}` };
      runInNewContext(SNIPPET, { window: {}, document, location, localStorage: {} });
      return written;
    };
    const cookie = `hopback_click=${'a'.repeat(31)}; path=/; max-age=7776000; SameSite=Lax`;
    const domains = ['; domain=com', '; domain=brand.com', '; domain=www.brand.com', ''];
    expect(cookiesOn('https:')).toEqual(domains.map((domain) => `${cookie}; Secure${domain}`));
    expect(cookiesOn('http:')).toEqual(domains.map((domain) => `${cookie}${domain}`));
  });
});

describe('minify', () => {
  it.each([
    ['var $first = 1;\n  // a comment\n  f( $first, $second );', 'var a=1;f(a,b);'],
    ["$a = ' b ; {  } ' + $a;", "a=' b ; {  } '+a;"],
    ['function $f($x) {\n  return $x in y;\n}', 'function a(b){return b in y}'],
    ['/^[a-z]+$/.test($x)', '/^[a-z]+$/.test(a)'],
  ])('makes %j small', (source, small) => {
    expect(minify(source)).toBe(small);
  });

  it('has names for more of them than there are letters', () => {
    const names = Array.from({ length: 120 }, (_, i) => `$n${i}x`);
    const small = minify(names.join(' + ')).split('+');
    expect(new Set(small).size).toBe(120);
    expect(small.every((name) => /^_*[A-Za-z]$/.test(name))).toBe(true);
  });
});
