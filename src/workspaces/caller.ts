import { createParamDecorator, type CustomDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { Scope } from './scopes.js';

/** Who makes an API request: a key, and the workspace it acts in. */
export interface Caller {
  workspaceId: WorkspaceId;
  keyId: string;
  scopes: string[];
}

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
