import {
  applyDecorators,
  createParamDecorator,
  type CustomDecorator,
  type ExecutionContext,
  SetMetadata,
} from '@nestjs/common';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { ShowsLinks, ShowsMoney } from './restrictions/restrictions.decorators.js';
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
  /** The ids of what its access rests on: an API key or a session, and the membership. Each of them may end it. */
  accessIds: string[];
  ip: string;
  requestId: string;
}

/** A caller, and whether the workspace is being deleted. */
export type AuthenticatedCaller = Caller & { isClosing: boolean };

/** The part of a caller that decides what it sees. */
export type Viewer = Pick<Caller, 'workspaceId' | 'restrictions'>;

/** The part of a caller that an audit entry names. */
export type Author = Pick<Caller, 'workspaceId' | 'actor' | 'ip' | 'requestId'>;

/** An author that may be limited in what it changes. */
export type RestrictedAuthor = Author & Viewer;

/** The rights of a person in one workspace. */
export interface MemberAccess {
  memberId: string;
  /** The person's name, for the audit log. */
  name: string;
  scopes: string[];
  restrictions: Restrictions;
}

/** The person whose session cookie a request has. */
export interface SignedIn {
  userId: string;
  name: string;
  sessionId: string;
  /** The secret of the session, as the cookie has it. */
  token: string;
  /** When the person last proved who they are. */
  authenticatedAt: Date;
  /** The workspace that the person works in, and the rights there. `null` for a person without a workspace. */
  workspace: ({ id: WorkspaceId } & MemberAccess) | null;
}

/** The workspace of the request's caller. Handlers get a workspace id in no other way. */
export const InWorkspace = createParamDecorator((_: unknown, context: ExecutionContext): WorkspaceId => {
  return context.switchToHttp().getRequest<{ user: Caller }>().user.workspaceId;
});

/** The caller of the request. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  return context.switchToHttp().getRequest<{ user: Caller }>().user;
});

/** The signed-in person of a request to a route with `@RequireSignIn()`. */
export const CurrentPerson = createParamDecorator((_: unknown, context: ExecutionContext): SignedIn => {
  return context.switchToHttp().getRequest<{ signedIn: SignedIn }>().signedIn;
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

export const REQUIRES_SIGN_IN = 'hopback:sign-in';

/**
 * Marks a route for signed-in people, also for those without a workspace. It needs no scope. API keys are refused. It is about
 * the person, and shows neither money nor links.
 */
export function RequireSignIn(): ClassDecorator & MethodDecorator {
  return applyDecorators(SetMetadata(REQUIRES_SIGN_IN, true), ShowsMoney('never'), ShowsLinks('never'));
}

export const REQUIRES_FRESH_SIGN_IN = 'hopback:fresh-sign-in';

/** Marks a dangerous act: people must have signed in within the last ten minutes. API keys are not affected. */
export function RequireFreshSignIn(): CustomDecorator {
  return SetMetadata(REQUIRES_FRESH_SIGN_IN, true);
}
