import type { CallHandler, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { lastValueFrom, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type Restrictions, UNRESTRICTED } from '../caller.js';
import { ShowsLinks, ShowsMoney } from './restrictions.decorators.js';
import { RestrictionsInterceptor } from './restrictions.interceptor.js';

class Routes {
  undeclared(): void {}

  @ShowsMoney('never')
  @ShowsLinks('never')
  harmless(): void {}

  @ShowsMoney('masked')
  masked(): void {}
}

@ShowsMoney('never')
class DeclaredTogether {
  inherits(): void {}
}

const ANSWER = { id: 'lnk_1', cost: { amount: '73519.46', currency: 'EUR' } };
const HIDDEN: Restrictions = { ...UNRESTRICTED, hidesMoney: true };
const LIMITED: Restrictions = { ...UNRESTRICTED, linkLimits: { tags: ['mine'], campaigns: [] } };

async function ask(
  route: string,
  restrictions: Restrictions | undefined,
  { body = undefined as unknown, of: target = Routes as new () => object } = {},
): Promise<unknown> {
  const user = restrictions && { restrictions };
  const context = {
    switchToHttp: () => ({ getRequest: () => ({ user, body }) }),
    getHandler: () => Reflect.get(target.prototype as object, route) as unknown,
    getClass: () => target,
  } as unknown as ExecutionContext;
  const next: CallHandler<unknown> = { handle: () => of(ANSWER) };
  return lastValueFrom(new RestrictionsInterceptor(new Reflector()).intercept(context, next));
}

describe('RestrictionsInterceptor', () => {
  it('refuses restricted callers on a route that declares nothing', async () => {
    await expect(ask('undeclared', HIDDEN)).rejects.toThrow('Money is hidden from you');
    await expect(ask('undeclared', LIMITED)).rejects.toThrow('You may only work with some links');
    await expect(ask('undeclared', UNRESTRICTED)).resolves.toBe(ANSWER);
    await expect(ask('undeclared', undefined)).resolves.toBe(ANSWER);
  });

  it('knows both restrictions apart', async () => {
    await expect(ask('masked', LIMITED)).rejects.toThrow('You may only work with some links');
    await expect(ask('harmless', { ...HIDDEN, ...LIMITED, hidesMoney: true })).resolves.toBe(ANSWER);
  });

  it('masks amounts, and refuses requests that write them', async () => {
    expect(await ask('masked', HIDDEN)).toEqual({ id: 'lnk_1', cost: null });
    expect(await ask('masked', UNRESTRICTED)).toBe(ANSWER);
    await expect(ask('masked', HIDDEN, { body: { cost: null } })).rejects.toThrow('you cannot set amounts');
    await expect(ask('masked', HIDDEN, { body: { tags: [] } })).resolves.toBeDefined();
  });

  it('reads declarations of the controller', async () => {
    await expect(ask('inherits', HIDDEN, { of: DeclaredTogether })).resolves.toBe(ANSWER);
    await expect(ask('inherits', LIMITED, { of: DeclaredTogether })).rejects.toThrow('some links');
  });
});
