import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readParameters } from '../rules/reading/parameters.js';
import { canonicalText, checkSignature } from './signature.js';

const DOCS = readFileSync(new URL('../../../docs/postback-security.md', import.meta.url), 'utf8');
const blocks = (language: string): string[] =>
  [...DOCS.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, text = '']) => text);
const [canonical = '', printed = ''] = blocks('text').map((text) => text.trim());
const rule = { secret: 'a shared secret', param: 'signature', timestampParam: 'timestamp', toleranceSeconds: 60 };

describe('the documented signature', () => {
  it.each([
    ['shell', 'sh', ['-c']],
    ['Node.js', process.execPath, ['-e']],
  ])('is what the example in %s prints', (_, program, args) => {
    const [script = ''] = blocks(program === 'sh' ? 'sh' : 'js');
    expect(execFileSync(program, [...args, script], { encoding: 'utf8' }).trim()).toBe(printed);
  });

  it('is accepted, and made over the documented text', () => {
    const reading = readParameters({ query: printed, body: '', contentType: '' });
    const parameters = reading.ok ? reading.parameters : [];
    expect(canonicalText(parameters, rule.param)).toBe(canonical);
    expect(checkSignature(parameters, rule, new Date(1_772_366_400_000)).ok).toBe(true);
  });
});
