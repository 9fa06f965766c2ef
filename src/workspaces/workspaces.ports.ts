import { declarePortList } from '../platform/ports/port.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
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

/** Called after each change of a workspace's settings by this process. */
export type SettingsListener = (workspaceId: WorkspaceId, settings: WorkspaceSettings) => void;

export const SETTINGS_LISTENERS = declarePortList<SettingsListener>('listeners for settings');
