import { declarePort } from '../platform/ports/port.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

/** Called after a workspace has loaded exchange rates in this process. */
export type RatesListener = (workspaceId: WorkspaceId) => void;

export const RATES_LISTENER = declarePort<RatesListener>('listener for exchange rates');
