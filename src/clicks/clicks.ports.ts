import type { Transaction } from '../platform/mongo/transactions.js';
import { declarePort, declarePortList } from '../platform/ports/port.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

/** Finds the workspace of the link with this number. */
export type FindLinkOwner = (linkNumber: number) => Promise<WorkspaceId | undefined>;

export const FIND_LINK_OWNER = declarePort<FindLinkOwner>('owner of a link number');

/** Finds the number that the click ids of a link begin with. `undefined`: the workspace has no such link, nor ever had. */
export type FindLinkNumber = (workspaceId: WorkspaceId, linkId: string) => Promise<number | undefined>;

export const FIND_LINK_NUMBER = declarePort<FindLinkNumber>('number of a link');

/** Erases the copies of click data that a module keeps. It may run more than once. */
export type ErasureStep = (workspaceId: WorkspaceId, clickId: string, tx: Transaction) => Promise<void>;

export const ERASURE_STEPS = declarePortList<ErasureStep>('steps of a click erasure');
