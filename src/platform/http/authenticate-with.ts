import type { FastifyReply, FastifyRequest } from 'fastify';
import passport, { type Strategy } from 'passport';

/**
 * Runs a passport strategy on a request. The strategy is given, not looked up by its name: names are global, so the second
 * application of a process (a second instance in tests) would use the strategy of the first.
 * @returns what the strategy's `validate` returned; `undefined` when it found no caller.
 * @throws what `validate` throws.
 */
export function authenticateWith<T>(
  strategy: object,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const onResult = (error: unknown, found: T | false | null): void => {
      if (error) reject(error as Error);
      else resolve(found === false || found === null ? undefined : found);
    };
    // Passport writes its callbacks to the object: requests that run at once must not share one (docs/traps.md).
    const ownStrategy = Object.create(strategy) as Strategy;
    const run = passport.authenticate(ownStrategy, { session: false }, onResult) as unknown as Middleware;
    run(request, reply, (error) => reject(error as Error));
  });
}

type Middleware = (request: FastifyRequest, reply: FastifyReply, next: (error: unknown) => void) => void;
