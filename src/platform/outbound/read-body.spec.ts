import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readBody } from './read-body.js';

describe('readBody', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', ' __PROTO__ '])(
    'S20 takes a Content-Encoding of %s for one that it does not know, and lets the body go',
    async (encoding) => {
      const source = Readable.from([Buffer.from('as it came')]);
      expect(await readBody(source, encoding, 1_000)).toEqual({ body: Buffer.from('as it came'), truncated: false });
      expect(source.destroyed).toBe(true);
    },
  );

  it.each(['', 'gzip', 'identity'])('S20 lets a body go that fails (%s)', async (encoding) => {
    const source = new Readable({ read: () => undefined });
    const reading = readBody(source, encoding, 1_000);
    source.destroy(new Error('gone'));
    await expect(reading).rejects.toThrow('gone');
    expect(source.destroyed).toBe(true);
  });

  it('S20 lets a body go that unpacks to too much', async () => {
    const source = Readable.from([gzipSync(Buffer.alloc(100_000)), Buffer.alloc(10)]);
    expect(await readBody(source, 'gzip', 1_000)).toMatchObject({ truncated: true });
    expect(source.destroyed).toBe(true);
  });
});
