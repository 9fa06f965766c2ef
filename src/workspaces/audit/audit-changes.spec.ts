import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween } from './audit-changes.js';

describe('changesBetween', () => {
  it('names what differs, and nothing else', () => {
    const before = { _id: 'x', workspaceId: 'w', name: 'a', tags: ['x'], at: new Date(0), updatedAt: new Date(0) };
    const after = {
      ...before,
      name: 'b',
      tags: ['x'],
      at: new Date(0),
      updatedAt: new Date(1),
      url: 'https://a.example/',
    };
    expect(changesBetween(before, after)).toEqual({
      before: { name: 'a', url: null },
      after: { name: 'b', url: 'https://a.example/' },
    });
  });

  it('says null for what was not there, or is not there any more', () => {
    expect(changesBetween(undefined, { a: 1 })).toEqual({ before: null, after: { a: 1 } });
    expect(changesBetween({ a: 1 }, undefined)).toEqual({ before: { a: 1 }, after: null });
  });

  it('names a changed secret without showing it, however deep it stands', () => {
    const states = [
      { passwordHash: 'one', key: 'k-one', security: { token: { param: 't', value: 'v-one' }, ips: ['10.0.0.0/8'] } },
      { passwordHash: 'two', key: 'k-two', security: { token: { param: 't', value: 'v-two' }, ips: [] } },
    ] as const;
    const { before, after } = changesBetween(...states);
    expect(JSON.stringify({ before, after })).not.toMatch(/one|two/);
    expect(before).toMatchObject({ passwordHash: '***', key: '***', security: { ips: ['10.0.0.0/8'] } });
  });

  it('is bounded, whatever was changed', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.json({ maxDepth: 3 })), (values) => {
        const long = Object.fromEntries(Object.entries(values).map(([k, v]) => [`f${k}`, v.repeat(300)]));
        const { after } = changesBetween(undefined, long);
        expect(Object.keys(after ?? {}).length).toBeLessThanOrEqual(60);
        for (const value of Object.values(after ?? {})) expect(JSON.stringify(value).length).toBeLessThan(5_000);
      }),
      { numRuns: 50 },
    );
  });
});
