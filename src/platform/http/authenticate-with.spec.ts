import type { FastifyReply, FastifyRequest } from 'fastify';
import { Strategy } from 'passport-custom';
import { describe, expect, it } from 'vitest';
import { authenticateWith } from './authenticate-with.js';

interface Sent {
  name: string;
  ms: number;
}

const strategy = new Strategy((request, done) => {
  const { name, ms } = request as unknown as Sent;
  setTimeout(() => {
    if (name === 'broken') done(new Error('broken'));
    else done(null, name === 'nobody' ? false : { name });
  }, ms);
});

const authenticate = (sent: Sent): Promise<object | undefined> =>
  authenticateWith<object>(strategy, sent as unknown as FastifyRequest, {} as FastifyReply);

describe('authenticateWith', () => {
  it('gives each of many requests at once its own answer', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `person ${i}`);
    const found = await Promise.all(names.map((name, i) => authenticate({ name, ms: 20 - i })));
    expect(found).toEqual(names.map((name) => ({ name })));
  });

  it('tells nobody from an error', async () => {
    expect(await authenticate({ name: 'nobody', ms: 0 })).toBeUndefined();
    await expect(authenticate({ name: 'broken', ms: 0 })).rejects.toThrow('broken');
  });
});
