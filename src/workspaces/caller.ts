import { createParamDecorator, type CustomDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { Scope } from './scopes.js';

/** The author of a request: an API key, or a signed-in person. */
export interface Actor {
  kind: 'key' | 'person';
  /** `key_…` or `usr_…`. */
  id: string;
  /** Its name at the time of the request. */
  name: string;
}

/** The links that a member may work with: those with one of the tags, and those of one of the campaigns. */
export interface LinkLimits {
  tags: string[];
  campaigns: string[];
}

/** The restrictions of a member that scopes do not express. They also apply to the member's API keys. */
export interface Restrictions {
  /** Amounts of money are not shown. */
  hidesMoney: boolean;
  /** `null`: all links. */
  linkLimits: LinkLimits | null;
}

export const UNRESTRICTED: Restrictions = { hidesMoney: false, linkLimits: null };

/** An authenticated API request: its author, workspace, scopes and origin. */
export interface Caller {
  workspaceId: WorkspaceId;
  actor: Actor;
  scopes: string[];
  restrictions: Restrictions;
  /** The signed-in person, or the owner of the API key. `null` for a key of the workspace. */
  userId: string | null;
  /** When its access expires. `null`: never. Access that it grants cannot outlast it. */
  accessEndsAt: Date | null;
  ip: string;
  requestId: string;
}

/** The part of a caller that an audit entry names. */
export type Author = Pick<Caller, 'workspaceId' | 'actor' | 'ip' | 'requestId'>;

/** The workspace of the request's caller. Handlers get a workspace id in no other way. */
export const InWorkspace = createParamDecorator((_: unknown, context: ExecutionContext): WorkspaceId => {
  return context.switchToHttp().getRequest<{ user: Caller }>().user.workspaceId;
});

/** The caller of the request. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  return context.switchToHttp().getRequest<{ user: Caller }>().user;
});

export const REQUIRED_SCOPE = 'hopback:scope';

/** The scope that a route requires. A route with neither this nor `@Public()` refuses every request. */
export function RequireScope(scope: Scope): CustomDecorator {
  return SetMetadata(REQUIRED_SCOPE, [scope]);
}

/** Scopes of which a route requires one. The route itself must check which of its contents each scope may read. */
export function RequireOneScope(...scopes: Scope[]): CustomDecorator {
  return SetMetadata(REQUIRED_SCOPE, scopes);
}

export const WHILE_DELETING = 'hopback:while-deleting';

/** Marks a route that is answered even while the workspace is being deleted. */
export function WhileDeleting(): CustomDecorator {
  return SetMetadata(WHILE_DELETING, true);
}
