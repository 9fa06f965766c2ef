import type { Logger } from 'pino';
import { OutageLog } from '../../platform/logging/outage-log.js';
import type { FolderReader } from '../../platform/spool/folder-reader.js';
import type { Quarantine } from '../../platform/spool/quarantine.js';
import { decodePostback, type SpooledPostback } from './spooled-postback.js';

/** Applies a spooled request. It may be called again with the same one, which must change nothing. */
export type ApplyPostback = (postback: SpooledPostback) => Promise<void>;

/** Thrown by `ApplyPostback` if the request can never be applied, for example because its network was deleted. */
export class NeverApplicable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NeverApplicable';
  }
}

/** Thrown if more postbacks fail than may wait in memory. */
class TooManyPostponed extends Error {
  constructor() {
    super('too many spooled postbacks fail at once');
    this.name = 'TooManyPostponed';
  }
}

/** The consequence of an error for its request: retry later (MongoDB is away), never retry, or unknown. */
export type Fate = 'later' | 'never' | 'unknown';

export interface DrainerParts {
  apply: ApplyPostback;
  fateOf: (error: unknown) => Fate;
  quarantine: Pick<Quarantine, 'add' | 'path'>;
  logger: Pick<Logger, 'error' | 'info' | 'debug'>;
}

/** Counts since the drainer was created. */
export interface DrainerFigures {
  applied: number;
  /** Quarantined, because they can never be applied. */
  quarantined: number;
  /** Could not even be quarantined; the log has their ids. */
  lost: number;
  /** Skipped damaged parts of segments. */
  damaged: number;
}

const BATCH_RECORDS = 32;
/** Attempts for a postback that fails for an unknown reason, one in each round. */
const MAX_ATTEMPTS = 5;
/** Postponed postbacks of one folder. If more fail, the cause is not in the postbacks, and the round ends. */
const MAX_POSTPONED = 64;
const MAX_POSTPONED_BYTES = 8 * 1024 * 1024;

/** A record that could not be applied yet. */
interface Postponed {
  segmentId: string;
  payload: Buffer;
}

/** A folder of the spool, with its reader. */
export interface SpoolFolder {
  reader: FolderReader;
  /** The applied position in each segment, at which `reader` begins. */
  positions: Map<string, number>;
  /** Records to retry after the others. Their segments are kept. */
  postponed?: Postponed[];
}

/**
 * Applies the postbacks of the spool, in order. A postback that fails for an unknown reason is retried after the others. A
 * segment is deleted when all of its records are applied or quarantined. After a crash before that, they are applied again,
 * which changes nothing the second time.
 */
export class PostbackDrainer {
  readonly figures: DrainerFigures = { applied: 0, quarantined: 0, lost: 0, damaged: 0 };
  private readonly attempts = new Map<string, number>();
  private isStopping = false;

  private readonly failures: OutageLog;

  constructor(private readonly parts: DrainerParts) {
    this.failures = new OutageLog(parts.logger, {
      begins: 'spooled postbacks cannot be applied; they stay in the spool and are retried',
      ends: 'spooled postbacks are applied again',
    });
  }

  /** Applies all spooled postbacks. @returns false if some are left; then it is to be called again later. */
  async drain(folders: readonly SpoolFolder[]): Promise<boolean> {
    let isAll = true;
    for (const folder of folders) {
      try {
        isAll = (await this.drainFolder(folder)) && isAll;
        if (isAll) this.failures.noteSuccess();
      } catch (error) {
        await folder.reader.rewind();
        // The outage of MongoDB is logged elsewhere.
        if (this.parts.fateOf(error) === 'later') return false;
        this.failures.noteFailure(error);
        isAll = false;
      }
    }
    return isAll;
  }

  /** Stops before the next request. */
  stop(): void {
    this.isStopping = true;
  }

  private async drainFolder(folder: SpoolFolder): Promise<boolean> {
    const { reader, positions } = folder;
    await this.settlePostponed(folder);
    for (;;) {
      if (this.isStopping) return false;
      const batch = await reader.next(BATCH_RECORDS);
      if (batch !== undefined) {
        const failed: Postponed[] = [];
        for (const payload of batch.payloads) {
          if (this.isStopping) return false;
          // Copied, because the reader reuses its buffer.
          if (!(await this.settle(payload))) failed.push({ segmentId: batch.segmentId, payload: Buffer.from(payload) });
        }
        // Only now, because an interrupted batch is read again as a whole.
        folder.postponed = [...(folder.postponed ?? []), ...withinBounds(folder.postponed ?? [], failed)];
        positions.set(batch.segmentId, batch.to);
        this.noteDamage(batch.damaged);
      }
      const waiting = new Set(folder.postponed?.map(({ segmentId }) => segmentId));
      const finished = reader.readToTheEnd().filter(({ id }) => !waiting.has(id));
      reader.remove(new Set(finished));
      for (const { id } of finished) positions.delete(id);
      if (batch === undefined) return waiting.size === 0;
    }
  }

  /** Retries the records of earlier rounds, once each. */
  private async settlePostponed(folder: SpoolFolder): Promise<void> {
    const postponed = folder.postponed ?? [];
    for (let left = postponed.length; left > 0 && !this.isStopping; left--) {
      const [first] = postponed;
      if (first === undefined) return;
      const isSettled = await this.settle(first.payload); // throws while MongoDB is away: then it stays first
      postponed.shift();
      if (!isSettled) postponed.push(first);
    }
  }

  /**
   * @returns true if the record was applied or quarantined.
   * @throws Error if MongoDB is away; then the records after it wait, too.
   */
  private async settle(payload: Buffer): Promise<boolean> {
    let postback: SpooledPostback;
    try {
      postback = decodePostback(payload);
    } catch (error) {
      this.moveToQuarantine(payload, error);
      return true;
    }
    try {
      await this.parts.apply(postback);
      this.figures.applied++;
    } catch (error) {
      const fate = this.parts.fateOf(error);
      if (fate === 'later') throw error;
      if (fate === 'unknown' && this.mayTryAgain(postback, error)) return false;
      this.moveToQuarantine(payload, error, postback);
    }
    this.attempts.delete(postback.postbackId);
    return true;
  }

  private mayTryAgain({ postbackId }: SpooledPostback, error: unknown): boolean {
    const attempts = (this.attempts.get(postbackId) ?? 0) + 1;
    this.attempts.set(postbackId, attempts);
    if (attempts >= MAX_ATTEMPTS) return false;
    this.parts.logger.error({ err: error, postbackId, attempts }, 'spooled postback not applied; retrying');
    return true;
  }

  private moveToQuarantine(payload: Buffer, error: unknown, postback?: SpooledPostback): void {
    const { quarantine, logger } = this.parts;
    const { postbackId, networkId, workspaceId, receivedAt } = postback ?? {};
    const ids = { postbackId, networkId, workspaceId, receivedAt };
    try {
      quarantine.add(payload);
      this.figures.quarantined++;
      logger.error(
        { err: error, ...ids, file: quarantine.path },
        'spooled postback cannot be applied; moved to quarantine',
      );
    } catch (full) {
      // The records after it must continue, or a full disk stays full. Its content may have secrets, so only ids are logged.
      this.figures.lost++;
      logger.error(
        { err: full, cause: error, ...ids, bytes: payload.length },
        'spooled postback lost: there is no space to quarantine it',
      );
    }
  }

  private noteDamage(damaged: number): void {
    if (damaged === 0) return;
    this.figures.damaged += damaged;
    this.parts.logger.error({ damaged }, 'postback spool has damaged records; they are skipped');
  }
}

/** @throws TooManyPostponed */
function withinBounds(before: readonly Postponed[], more: readonly Postponed[]): readonly Postponed[] {
  const all = [...before, ...more];
  const bytes = all.reduce((sum, { payload }) => sum + payload.length, 0);
  if (more.length > 0 && (all.length > MAX_POSTPONED || bytes > MAX_POSTPONED_BYTES)) throw new TooManyPostponed();
  return more;
}
