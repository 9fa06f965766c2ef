import type { Scope } from '../../../workspaces/scopes.js';

export const LIVE_EVENT_TYPES = ['click', 'postback', 'conversion'] as const;
export type LiveEventType = (typeof LIVE_EVENT_TYPES)[number];

/** The scope that a key needs for events of a type. */
export const SCOPE_OF_TYPE = {
  click: 'clicks:read',
  postback: 'postbacks:read',
  conversion: 'conversions:read',
} as const satisfies Record<LiveEventType, Scope>;
