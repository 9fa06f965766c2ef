import type { FastifyRequest } from 'fastify';
import type { Transaction } from '../platform/mongo/transactions.js';
import { declarePort, declarePortList } from '../platform/ports/port.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { LinkLimits, MemberAccess, SignedIn } from './caller.js';
import type { WorkspaceSettings } from './settings/workspace-settings.js';

/**
 * Removes a deleted workspace from the memory of a module, in every process. It runs before the documents are deleted, and may
 * run more than once.
 */
export type DeletionStep = (workspaceId: WorkspaceId) => Promise<void>;

export const DELETION_STEPS = declarePortList<DeletionStep>('steps of a workspace deletion');

/**
 * Removes old data of one workspace. It works in small steps, calls `canContinue` between them, and can be restarted at any
 * time.
 */
export type RetentionTask = (
  workspaceId: WorkspaceId,
  settings: WorkspaceSettings,
  canContinue: () => Promise<boolean>,
) => Promise<void>;

export const RETENTION_TASKS = declarePortList<RetentionTask>('retention tasks');

/** Removes name and address of a deleted person from what a module keeps. It may run more than once. */
export type PersonErasureStep = (userId: string) => Promise<void>;

export const PERSON_ERASURE_STEPS = declarePortList<PersonErasureStep>('steps of the erasure of a person');

/** Called after each change of a workspace's settings by this process. */
export type SettingsListener = (workspaceId: WorkspaceId, settings: WorkspaceSettings) => void;

export const SETTINGS_LISTENERS = declarePortList<SettingsListener>('listeners for settings');

/** The people who sign in. The guard asks them, because people belong to a module above. */
export interface People {
  /**
   * The person behind the session cookie of a request. `undefined`: there is no valid session.
   * @throws ProblemException 403 for a request that another site may have caused.
   */
  findSignedIn(request: FastifyRequest): Promise<SignedIn | undefined>;
  /** `undefined` for a person who is no member of the workspace. */
  findAccess(workspaceId: WorkspaceId, userId: string): Promise<MemberAccess | undefined>;
  /** Whether a person is an owner of the workspace. */
  hasOwner(workspaceId: WorkspaceId, tx: Transaction): Promise<boolean>;
  /** Makes a person the owner of a new workspace. */
  addOwner(workspaceId: WorkspaceId, userId: string, tx: Transaction): Promise<void>;
}

export const PEOPLE = declarePort<People>('people');

/** Finds the links within the limits of a member, deleted ones among them. */
export interface LinksWithinLimits {
  /** @param options among: only those of these ids. */
  listIds(
    workspaceId: WorkspaceId,
    limits: LinkLimits,
    options: { limit: number; among?: readonly string[] },
  ): Promise<string[]>;
}

export const LINKS_WITHIN_LIMITS = declarePort<LinksWithinLimits>('links within limits');
