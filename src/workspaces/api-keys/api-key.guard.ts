import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { IS_PUBLIC } from '../../platform/http/public.decorator.js';
import { LIMITED_BY_ADDRESS } from '../../platform/rate-limit/rate-limit.decorator.js';
import { RateLimits } from '../../platform/rate-limit/rate-limits.service.js';
import { API_KEY_STRATEGY } from './api-key.strategy.js';
import { type Caller, REQUIRED_SCOPE, WHILE_DELETING } from '../caller.js';
import { Quotas } from '../plans/quotas.service.js';
import { allows, type Scope } from '../scopes.js';

/** The global guard: every route that is not marked public needs an API key with the route's scope. */
@Injectable()
export class ApiKeyGuard extends AuthGuard(API_KEY_STRATEGY) {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RateLimits,
    private readonly quotas: Quotas,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (this.reflector.getAllAndOverride<boolean>(IS_PUBLIC, targets)) {
      const isLimited = this.reflector.getAllAndOverride<boolean>(LIMITED_BY_ADDRESS, targets);
      if (isLimited) await this.limits.admitAddress(request.ip, reply);
      return true;
    }
    await this.authenticate(context, request);
    const scopes = this.reflector.getAllAndOverride<Scope[] | undefined>(REQUIRED_SCOPE, targets) ?? [];
    const { user } = http.getRequest<{ user: Caller & { isClosing: boolean } }>();
    await this.limits.admitKey(user.actor.id, reply);
    const perMinute = await this.quotas.limitOf(user.workspaceId, 'apiRequestsPerMinute');
    if (perMinute !== null) await this.limits.admitWorkspace(user.workspaceId, perMinute, reply);
    if (user.isClosing && !this.reflector.getAllAndOverride<boolean>(WHILE_DELETING, targets)) {
      throw new ProblemException('forbidden', 'This workspace is being deleted. Its keys can only read the progress.');
    }
    if (scopes.some((scope) => allows(user.scopes, scope))) return true;
    throw new ProblemException('forbidden', `This API key lacks the scope ${scopes.join(' or ') || 'of this route'}.`);
  }

  private async authenticate(context: ExecutionContext, { ip, headers }: FastifyRequest): Promise<void> {
    this.limits.checkFailures(ip, headers.authorization);
    try {
      await super.canActivate(context);
    } catch (error) {
      if (error instanceof ProblemException && error.code === 'unauthorized') await this.limits.noteFailed(ip);
      throw error;
    }
    this.limits.notePassed(headers.authorization);
  }

  override handleRequest<T>(error: unknown, caller: T): T {
    if (error) throw error;
    if (caller) return caller;
    throw new ProblemException(
      'unauthorized',
      'Send your API key in the header "Authorization: Bearer <api key>".',
      undefined,
      { 'www-authenticate': 'Bearer' },
    );
  }
}
