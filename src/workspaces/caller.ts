import { createParamDecorator, type CustomDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { Scope } from './scopes.js';

/** Who acts: a key. People, once they sign in, will be another kind. */
export interface Actor {
  kind: 'key';
  id: string;
  /** As it was called when it acted. */
  name: string;
}

/** Who makes an API request, in which workspace, what it may do there, and where the request came from. */
export interface Caller {
  workspaceId: WorkspaceId;
  actor: Actor;
  scopes: string[];
  /** When its access ends; `null`: not by itself. What it makes can not outlast it. */
  accessEndsAt: Date | null;
  ip: string;
  requestId: string;
}

/** The part of a caller that an audit entry names. */
export type Author = Omit<Caller, 'scopes' | 'accessEndsAt'>;

/** The workspace of the request's API key: the only way a handler comes by one. */
export const InWorkspace = createParamDecorator((_: unknown, context: ExecutionContext): WorkspaceId => {
  return context.switchToHttp().getRequest<{ user: Caller }>().user.workspaceId;
});

export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  return context.switchToHttp().getRequest<{ user: Caller }>().user;
});

export const REQUIRED_SCOPE = 'hopback:scope';

/** The scope that a route asks for. A route with neither this nor `@Public()` is refused to everybody. */
export function RequireScope(scope: Scope): CustomDecorator {
  return SetMetadata(REQUIRED_SCOPE, scope);
}

export const WHILE_DELETING = 'hopback:while-deleting';

/** A route that is answered even while the workspace is being deleted. */
export function WhileDeleting(): CustomDecorator {
  return SetMetadata(WHILE_DELETING, true);
}
