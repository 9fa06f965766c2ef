import type { ConversionEvent } from '../../conversions/rules/conversion-event.js';
import type { Postback } from '../postback.schema.js';

/** An entry of the postback log, without its workspace; the repository adds that. */
export type LogEntry = Omit<Postback, 'workspaceId'>;

/** An interpreted request, to be stored together with its changes. */
export interface PostbackWrite {
  entry: LogEntry;
  /** `null` when it changes no conversion; the entry has the reason. */
  event: ConversionEvent | null;
  /**
   * `new`: a new request. `again`: an existing entry gets the new result. `spooled`: a spooled request, which is skipped if it
   * was already stored.
   */
  mode: 'new' | 'again' | 'spooled';
}
