import { type Caller, type SignedIn, UNRESTRICTED } from '../workspaces/caller.js';

/** The person as the owner of the demo workspace, for what is done there in the person's name. */
export function ownerOf(
  workspaceId: Caller['workspaceId'],
  { userId, name }: Pick<SignedIn, 'userId' | 'name'>,
  request: Pick<Caller, 'ip' | 'requestId'>,
): Caller {
  return {
    ...request,
    workspaceId,
    actor: { kind: 'person', id: userId, name },
    scopes: [],
    restrictions: UNRESTRICTED,
    userId,
    accessEndsAt: null,
    accessIds: [],
  };
}
