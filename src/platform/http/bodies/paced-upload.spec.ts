import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { pacedUpload } from './paced-upload.js';

const PACE = { graceMs: 20, leastBytesPerSecond: 1_000_000 };

async function read(body: Readable): Promise<string> {
  let text = '';
  for await (const piece of pacedUpload(body, PACE)) text += piece.toString();
  return text;
}

describe('S2 an upload', () => {
  it('S2 is read to its end', async () => {
    expect(await read(Readable.from([Buffer.from('a'), Buffer.from('b')]))).toBe('ab');
    expect(await read(Readable.from([]))).toBe('');
  });

  it('S2 that stops coming is refused with 408, and its connection closed by the answer', async () => {
    const body = new PassThrough();
    body.write('a');
    await expect(read(body)).rejects.toMatchObject({ code: 'request_timeout', headers: { connection: 'close' } });
    expect(body.destroyed).toBe(false);
  });

  it('S2 that trickles is refused, however long it goes on', async () => {
    const body = new PassThrough();
    const trickle = setInterval(() => body.write('a'), 5);
    await expect(read(body)).rejects.toMatchObject({ code: 'request_timeout' });
    clearInterval(trickle);
  });

  it('S2 that is broken off says so', async () => {
    const body = new PassThrough();
    const reading = read(body);
    body.destroy(new Error('gone'));
    await expect(reading).rejects.toThrow('gone');
  });
});
