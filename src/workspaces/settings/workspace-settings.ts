import { type Limits, limitsOf } from '../plans/plans.js';
import type { PostbacksWhenDown, Workspace } from '../workspace.schema.js';

/** The rules by which a workspace keeps personal data. */
export interface PrivacySettings {
  /** Days that a click's address is kept whole before it is truncated. 0: addresses are never kept. */
  ipDays: number;
  /** Whether "do not track" (DNT, GPC) is honoured. */
  honourDoNotTrack: boolean;
}

/** Retention times in days. */
export interface RetentionSettings {
  postbackDays: number;
  /** `null`: for ever. */
  clickDays: number | null;
  auditDays: number;
}

/** The settings of a workspace, with defaults. */
export interface WorkspaceSettings {
  /** Currency of revenue, ISO 4217. */
  currency: string;
  /** IANA name of the time zone for dates without a time. */
  timezone: string;
  retention: RetentionSettings;
  privacy: PrivacySettings;
  postbacksWhenDown: PostbacksWhenDown;
  /** The limits of its plan. */
  limits: Limits;
}

/** The workspace's settings, with defaults for those that are not set. */
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
