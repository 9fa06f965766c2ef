import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { authenticateWith } from '../../platform/http/authenticate-with.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { IS_PUBLIC } from '../../platform/http/public.decorator.js';
import { Ports } from '../../platform/ports/ports.service.js';
import { LIMITED_BY_ADDRESS } from '../../platform/rate-limit/rate-limit.decorator.js';
import { RateLimits } from '../../platform/rate-limit/rate-limits.service.js';
import { ApiKeyStrategy } from '../api-keys/api-key.strategy.js';
import {
  type AuthenticatedCaller,
  REQUIRED_SCOPE,
  REQUIRES_FRESH_SIGN_IN,
  REQUIRES_SIGN_IN,
  type SignedIn,
  WHILE_DELETING,
} from '../caller.js';
import { Quotas } from '../plans/quotas.service.js';
import { allows, type Scope } from '../scopes.js';
import { PEOPLE } from '../workspaces.ports.js';
import { WorkspacesRepository } from '../workspaces.repository.js';

/** How long after a sign-in dangerous acts are allowed. */
const FRESH_MS = 10 * 60_000;

/** `credential` is the secret that the caller sent: an API key, or the token of a session. */
type AccessRequest = FastifyRequest & { user?: AuthenticatedCaller; signedIn?: SignedIn; credential?: string };

/**
 * The global guard. A route that is not marked public needs an API key or a signed-in person with the route's scope. A request
 * with an API key in its `Authorization` header is judged by that header alone.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RateLimits,
    private readonly quotas: Quotas,
    private readonly apiKeys: ApiKeyStrategy,
    private readonly workspaces: WorkspacesRepository,
    private readonly ports: Ports,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AccessRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    if (this.read<boolean>(IS_PUBLIC, context)) {
      if (this.read<boolean>(LIMITED_BY_ADDRESS, context)) await this.limits.admitAddress(request.ip, reply);
      return true;
    }
    // Another scheme is of a proxy in front, whose password browsers send with each request.
    const hasKey = /^Bearer\b/i.test(request.headers.authorization ?? '');
    const signedIn = hasKey ? undefined : await this.ports.get(PEOPLE).findSignedIn(request);
    if (signedIn === undefined) request.user = await this.authenticateKey(request, reply);
    else await this.admitPerson(signedIn, request);
    request.credential = signedIn?.token ?? request.headers.authorization ?? '';
    const isForPeople = this.read<boolean>(REQUIRES_SIGN_IN, context) === true;
    await this.admitRate(request, reply);
    if (isForPeople) return this.requireSignIn(signedIn, context);
    this.requireScope(request.user, context);
    if (signedIn !== undefined) this.requireFreshSignIn(signedIn, context);
    return true;
  }

  /** Sets the caller, unless the person belongs to no workspace. */
  private async admitPerson(signedIn: SignedIn, request: AccessRequest): Promise<void> {
    request.signedIn = signedIn;
    const { userId, name, workspace } = signedIn;
    if (workspace === null) return;
    const { deletingSince } = (await this.workspaces.findById(workspace.id)) ?? {};
    request.user = {
      workspaceId: workspace.id,
      actor: { kind: 'person', id: userId, name },
      scopes: workspace.scopes,
      restrictions: workspace.restrictions,
      userId,
      accessEndsAt: null,
      accessIds: [signedIn.sessionId, workspace.memberId],
      ip: request.ip,
      requestId: request.id,
      isClosing: deletingSince !== undefined,
    };
  }

  private async authenticateKey(request: AccessRequest, reply: FastifyReply): Promise<AuthenticatedCaller> {
    const { ip, headers } = request;
    this.limits.checkFailures(ip, headers.authorization);
    try {
      const caller = await authenticateWith<AuthenticatedCaller>(this.apiKeys, request, reply);
      if (caller === undefined) throw new ProblemException('unauthorized', NO_ACCESS, undefined, CHALLENGE);
      this.limits.notePassed(headers.authorization);
      return caller;
    } catch (error) {
      if (error instanceof ProblemException && error.code === 'unauthorized') await this.limits.noteFailed(ip);
      throw error;
    }
  }

  private async admitRate({ user, signedIn }: AccessRequest, reply: FastifyReply): Promise<void> {
    await this.limits.admitCaller(user?.actor ?? { kind: 'person', id: signedIn?.userId ?? '' }, reply);
    if (user === undefined) return;
    const perMinute = await this.quotas.limitOf(user.workspaceId, 'apiRequestsPerMinute');
    if (perMinute !== null) await this.limits.admitWorkspace(user.workspaceId, perMinute, reply);
  }

  private requireSignIn(signedIn: SignedIn | undefined, context: ExecutionContext): true {
    if (signedIn === undefined) {
      throw new ProblemException('forbidden', 'This is for signed-in people. An API key cannot do it.');
    }
    this.requireFreshSignIn(signedIn, context);
    return true;
  }

  private requireScope(caller: AuthenticatedCaller | undefined, context: ExecutionContext): void {
    if (caller === undefined) throw new ProblemException('forbidden', NO_WORKSPACE);
    if (caller.isClosing && !this.read<boolean>(WHILE_DELETING, context)) {
      throw new ProblemException('forbidden', 'This workspace is being deleted. Only the progress can be read.');
    }
    const scopes = this.read<Scope[]>(REQUIRED_SCOPE, context) ?? [];
    if (scopes.some((scope) => allows(caller.scopes, scope))) return;
    const needed = scopes.join(' or ') || 'of this route';
    const who = caller.actor.kind === 'key' ? 'This API key lacks' : 'Your role lacks';
    throw new ProblemException('forbidden', `${who} the scope ${needed}.`);
  }

  private requireFreshSignIn({ authenticatedAt }: SignedIn, context: ExecutionContext): void {
    if (!this.read<boolean>(REQUIRES_FRESH_SIGN_IN, context)) return;
    if (Date.now() - authenticatedAt.getTime() <= FRESH_MS) return;
    throw new ProblemException('sign_in_again', 'Confirm that it is you: sign in again, and repeat this.');
  }

  private read<T>(key: string, context: ExecutionContext): T | undefined {
    return this.reflector.getAllAndOverride<T | undefined>(key, [context.getHandler(), context.getClass()]);
  }
}

const NO_ACCESS = 'Sign in, or send an API key in the header "Authorization: Bearer <api key>".';
const NO_WORKSPACE =
  'This session has no workspace: you were removed from it, or never had one. Switch to another one, or ask to be invited.';
const CHALLENGE = { 'www-authenticate': 'Bearer' };
