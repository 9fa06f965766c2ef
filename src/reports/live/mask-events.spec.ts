import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { maskEvents } from './mask-events.js';
import { formatFrame } from './rules/live-event.js';

const frame = formatFrame('conversion', 'id-1', {
  id: 'cnv_1',
  payout: { amount: '73519.46', currency: 'EUR' },
  note: 'ü',
});
const masked = formatFrame('conversion', 'id-1', { id: 'cnv_1', payout: null, note: 'ü' });

describe('maskEvents', () => {
  it.each([1, 7, 1_000])('hides amounts in pieces of %i bytes, and keeps the rest', async (size) => {
    const source = new PassThrough();
    const whole = text(maskEvents(source));
    const bytes = Buffer.from(`retry: 2000\n\n: beat\n\n${frame}${frame}`);
    for (let i = 0; i < bytes.length; i += size) source.write(bytes.subarray(i, i + size));
    source.end();
    expect(await whole).toBe(`retry: 2000\n\n: beat\n\n${masked}${masked}`);
  });

  it('ends its source when its client leaves', async () => {
    const source = new PassThrough();
    const closed = new Promise((resolve) => source.on('close', resolve));
    maskEvents(source).destroy();
    await closed;
    expect(source.destroyed).toBe(true);
  });

  it('breaks rather than shows what it cannot read', async () => {
    const source = new PassThrough();
    const whole = text(maskEvents(source));
    source.end('data: {"payout": 73519.46\n\n');
    await expect(whole).rejects.toThrow();
  });
});
