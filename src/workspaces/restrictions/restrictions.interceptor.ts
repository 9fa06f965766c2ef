import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { map, type Observable } from 'rxjs';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { Caller } from '../caller.js';
import { type LinksShown, type MoneyShown, SHOWS_LINKS, SHOWS_MONEY } from './restrictions.decorators.js';
import { maskAmounts, writesAmounts } from './rules/mask-amounts.js';

// src/workspaces/restrictions: the restrictions of members that scopes do not express. Routes declare how they obey them
// (restrictions.decorators.ts), and this interceptor refuses restricted callers everywhere else. rules/ recognises amounts in
// answers and the links within limits; link-restrictions.service.ts limits what belongs to links.

/**
 * Lets restricted callers use only routes that declare how they obey the restriction. An interceptor runs after all guards, so
 * the caller is known. Amounts are masked here, in one place, by their shape: a presenter cannot forget one.
 */
@Injectable()
export class RestrictionsInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const { user, body } = context.switchToHttp().getRequest<{ user?: Caller; body?: unknown }>();
    if (user === undefined) return next.handle(); // a public route
    const targets = [context.getHandler(), context.getClass()];
    const { hidesMoney, linkLimits } = user.restrictions;
    const links = this.reflector.getAllAndOverride<LinksShown | undefined>(SHOWS_LINKS, targets);
    if (linkLimits !== null && links === undefined) throw new ProblemException('forbidden', NOT_LIMITED);
    if (!hidesMoney) return next.handle();
    const money = this.reflector.getAllAndOverride<MoneyShown | undefined>(SHOWS_MONEY, targets);
    if (money === undefined) throw new ProblemException('forbidden', SHOWS_AMOUNTS);
    if (money !== 'masked') return next.handle();
    if (writesAmounts(body)) throw new ProblemException('forbidden', WRITES_AMOUNTS);
    return next.handle().pipe(map(maskAmounts));
  }
}

const SHOWS_AMOUNTS = 'Money is hidden from you, and this shows amounts: ask an owner or admin.';
const WRITES_AMOUNTS = 'Money is hidden from you, so you cannot set amounts: leave them out, or ask an owner or admin.';
const NOT_LIMITED = 'You may only work with some links, and this is not limited to them: ask an owner or admin.';
