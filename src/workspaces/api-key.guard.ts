import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { ProblemException } from '../platform/http/problem.js';
import { IS_PUBLIC } from '../platform/http/public.decorator.js';
import { API_KEY_STRATEGY } from './api-key.strategy.js';
import { type Caller, REQUIRED_SCOPE, WHILE_DELETING } from './caller.js';
import { allows, type Scope } from './scopes.js';

/** The one global guard: every route that is not marked public needs a key with the route's scope. */
@Injectable()
export class ApiKeyGuard extends AuthGuard(API_KEY_STRATEGY) {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(IS_PUBLIC, targets)) return true;
    await super.canActivate(context);
    const scope = this.reflector.getAllAndOverride<Scope | undefined>(REQUIRED_SCOPE, targets);
    const { user } = context.switchToHttp().getRequest<{ user: Caller & { isClosing: boolean } }>();
    if (user.isClosing && !this.reflector.getAllAndOverride<boolean>(WHILE_DELETING, targets)) {
      throw new ProblemException(
        'forbidden',
        'This workspace is being deleted: nothing else can be done with its keys.',
      );
    }
    if (scope !== undefined && allows(user.scopes, scope)) return true;
    throw new ProblemException('forbidden', `This API key lacks the scope ${scope ?? 'of this route'}.`);
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
