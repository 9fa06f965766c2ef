import type { EventFilter } from './rules/event-filter.js';
import type { LiveEventType } from './rules/live-event-types.js';

/** The request of a server process to the reader, as JSON. */
export interface LiveSubscription {
  workspaceId: string;
  /** See `Caller.accessIds`. */
  accessIds: string[];
  /** The types that the client may read and the filter wants. */
  types: LiveEventType[];
  filter: EventFilter;
  /** As the client sent it. */
  lastEventId: string | undefined;
  /** When the access ends, in milliseconds since 1970; `null`: never. */
  endsAt: number | null;
}

/** Why the reader refuses a listener. */
export type ListenerRefusal = 'workspace_limit' | 'process_limit' | 'no_changes';
