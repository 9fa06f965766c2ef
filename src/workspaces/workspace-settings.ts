import type { PostbacksWhenDown, Workspace } from './workspace.schema.js';

/** How a workspace wants things done. */
export interface WorkspaceSettings {
  /** What revenue is counted in, ISO 4217. */
  currency: string;
  retention: { postbackDays: number };
  postbacksWhenDown: PostbacksWhenDown;
}

/** The workspace's settings, with the defaults for what nobody has set. */
export function settingsOf(workspace: Workspace): WorkspaceSettings {
  return {
    currency: workspace.currency ?? 'USD',
    retention: { postbackDays: workspace.retention?.postbackDays ?? 90 },
    postbacksWhenDown: workspace.postbacksWhenDown ?? 'refuse',
  };
}
