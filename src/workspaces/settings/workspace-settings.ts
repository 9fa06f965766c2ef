import { type Limits, limitsOf } from '../plans/plans.js';
import type { PostbacksWhenDown, Workspace } from '../workspace.schema.js';

/** How a workspace keeps what is personal. */
export interface PrivacySettings {
  /** Days that a click's address is kept whole before it is truncated; 0: it is never kept. */
  ipDays: number;
  /** Whether "do not track" (DNT, GPC) is heeded. */
  honourDoNotTrack: boolean;
}

/** Days that things are kept. */
export interface RetentionSettings {
  postbackDays: number;
  /** `null`: for ever. */
  clickDays: number | null;
  auditDays: number;
}

/** How a workspace wants things done. */
export interface WorkspaceSettings {
  /** What revenue is counted in, ISO 4217. */
  currency: string;
  /** IANA name: which day a date without a time is. */
  timezone: string;
  retention: RetentionSettings;
  privacy: PrivacySettings;
  postbacksWhenDown: PostbacksWhenDown;
  /** By its plan. */
  limits: Limits;
}

/** The workspace's settings, with the defaults for what nobody has set. */
export function settingsOf(workspace: Workspace): WorkspaceSettings {
  const { retention, privacy } = workspace;
  return {
    currency: workspace.currency ?? 'USD',
    timezone: workspace.timezone ?? 'UTC',
    retention: {
      postbackDays: retention?.postbackDays ?? 90,
      clickDays: retention?.clickDays ?? null,
      auditDays: retention?.auditDays ?? 365,
    },
    privacy: { ipDays: privacy?.ipDays ?? 7, honourDoNotTrack: privacy?.honourDoNotTrack ?? false },
    postbacksWhenDown: workspace.postbacksWhenDown ?? 'refuse',
    limits: limitsOf(workspace.plan),
  };
}
