import type { Postback } from '../postback.schema.js';

/** An entry of the postback log, before it is known to which workspace it is written. */
export type LogEntry = Omit<Postback, 'workspaceId'>;
