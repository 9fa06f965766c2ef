import type { Transaction } from '../platform/mongo/transactions.js';
import { declarePort, declarePortList } from '../platform/ports/port.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

/** Finds the workspace of the link with this number. */
export type FindLinkOwner = (linkNumber: number) => Promise<WorkspaceId | undefined>;

export const FIND_LINK_OWNER = declarePort<FindLinkOwner>('owner of a link number');

/** Erases the copies of click data that a module keeps. It may run more than once. */
export type ErasureStep = (workspaceId: WorkspaceId, clickId: string, tx: Transaction) => Promise<void>;

export const ERASURE_STEPS = declarePortList<ErasureStep>('steps of a click erasure');
