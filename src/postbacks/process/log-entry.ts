import type { ConversionEvent } from '../../conversions/rules/conversion-event.js';
import type { Postback } from '../postback.schema.js';

/** An entry of the postback log, before it is known to which workspace it is written. */
export type LogEntry = Omit<Postback, 'workspaceId'>;

/** A request that was interpreted, to be stored with all its changes. */
export interface PostbackWrite {
  entry: LogEntry;
  /** `null` when it changes no conversion; the entry has the reason. */
  event: ConversionEvent | null;
  /**
   * `new`: the request has just come. `again`: its entry is there, and gets the new result. `spooled`: it may have been stored
   * before a crash; then nothing happens.
   */
  mode: 'new' | 'again' | 'spooled';
}
