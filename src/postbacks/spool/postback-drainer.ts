import type { Logger } from 'pino';
import { OutageLog } from '../../platform/logging/outage-log.js';
import type { FolderReader } from '../../platform/spool/folder-reader.js';
import type { Quarantine } from '../../platform/spool/quarantine.js';
import { decodePostback, type SpooledPostback } from './spooled-postback.js';

/** Brings a spooled request where it belongs. It may be asked for the same one again: that must do nothing. */
export type ApplyPostback = (postback: SpooledPostback) => Promise<void>;

/** Thrown by who applies: this request can never be applied, e.g. because its network was deleted meanwhile. */
export class NeverApplicable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NeverApplicable';
  }
}

/** Thrown where more fails than may wait in memory. */
class TooManyPostponed extends Error {
  constructor() {
    super('too many spooled postbacks fail at once');
    this.name = 'TooManyPostponed';
  }
}

/** What an error says of a request: try it later (MongoDB is away), never again, or neither. */
export type Fate = 'later' | 'never' | 'unknown';

export interface DrainerParts {
  apply: ApplyPostback;
  fateOf: (error: unknown) => Fate;
  quarantine: Pick<Quarantine, 'add' | 'path'>;
  logger: Pick<Logger, 'error' | 'info' | 'debug'>;
}

/** What the drainer has done since it began. */
export interface DrainerFigures {
  applied: number;
  /** Kept aside because they can never be applied. */
  quarantined: number;
  /** Could not even be kept aside: the log has their ids. */
  lost: number;
  /** Damaged stretches skipped. */
  damaged: number;
}

const BATCH_RECORDS = 32;
/** So often what fails for no known reason is tried, once a round. */
const MAX_ATTEMPTS = 5;
/** So much of a folder waits to be tried again. More failing at once is no fault of theirs, and ends the round. */
const MAX_POSTPONED = 64;
const MAX_POSTPONED_BYTES = 8 * 1024 * 1024;

/** A record that could not be applied yet. */
interface Postponed {
  segmentId: string;
  payload: Buffer;
}

/** A folder of the spool, read. */
export interface SpoolFolder {
  reader: FolderReader;
  /** How far the segments are applied; `reader` begins there. */
  positions: Map<string, number>;
  /** Read, and to be tried again behind the others. Their segments stay. */
  postponed?: Postponed[];
}

/**
 * Applies what is in the spool, in order. What fails for no known reason is tried again behind the others. A segment is deleted when all of its records were applied or kept aside; whatever
 * happens before that, they are read and applied again, which does nothing the second time.
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

  /** Applies what there is. @returns whether that was all; if not, it is to be tried again in a while. */
  async drain(folders: readonly SpoolFolder[]): Promise<boolean> {
    let isAll = true;
    for (const folder of folders) {
      try {
        isAll = (await this.drainFolder(folder)) && isAll;
        if (isAll) this.failures.noteSuccess();
      } catch (error) {
        await folder.reader.rewind();
        // MongoDB away is in the log already, wherever that was noticed.
        if (this.parts.fateOf(error) === 'later') return false;
        this.failures.noteFailure(error);
        isAll = false;
      }
    }
    return isAll;
  }

  /** No further request is begun. */
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
          // The reader uses its memory again.
          if (!(await this.settle(payload))) failed.push({ segmentId: batch.segmentId, payload: Buffer.from(payload) });
        }
        // Only now: a batch that was broken off is read again as a whole.
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

  /** Those of earlier rounds, once each. */
  private async settlePostponed(folder: SpoolFolder): Promise<void> {
    const postponed = folder.postponed ?? [];
    for (let left = postponed.length; left > 0 && !this.isStopping; left--) {
      const [first] = postponed;
      if (first === undefined) return;
      const isSettled = await this.settle(first.payload); // throws while MongoDB is away: then it stays where it is
      postponed.shift();
      if (!isSettled) postponed.push(first);
    }
  }

  /**
   * @returns whether nothing is left to be done: it was applied, or kept aside.
   * @throws Error when MongoDB is away: then all that is behind it waits too.
   */
  private async settle(payload: Buffer): Promise<boolean> {
    let postback: SpooledPostback;
    try {
      postback = decodePostback(payload);
    } catch (error) {
      this.keepAside(payload, error);
      return true;
    }
    try {
      await this.parts.apply(postback);
      this.figures.applied++;
    } catch (error) {
      const fate = this.parts.fateOf(error);
      if (fate === 'later') throw error;
      if (fate === 'unknown' && this.mayTryAgain(postback, error)) return false;
      this.keepAside(payload, error, postback);
    }
    this.attempts.delete(postback.postbackId);
    return true;
  }

  private mayTryAgain({ postbackId }: SpooledPostback, error: unknown): boolean {
    const attempts = (this.attempts.get(postbackId) ?? 0) + 1;
    this.attempts.set(postbackId, attempts);
    if (attempts >= MAX_ATTEMPTS) return false;
    this.parts.logger.error(
      { err: error, postbackId, attempts },
      'spooled postback not applied; it will be tried again',
    );
    return true;
  }

  private keepAside(payload: Buffer, error: unknown, postback?: SpooledPostback): void {
    const { quarantine, logger } = this.parts;
    const { postbackId, networkId, workspaceId, receivedAt } = postback ?? {};
    const ids = { postbackId, networkId, workspaceId, receivedAt };
    try {
      quarantine.add(payload);
      this.figures.quarantined++;
      logger.error(
        { err: error, ...ids, file: quarantine.path },
        'a spooled postback can not be applied; it is kept aside',
      );
    } catch (full) {
      // Those behind it must go on, or a full disk stays full. The log must not have its secrets.
      this.figures.lost++;
      logger.error(
        { err: full, cause: error, ...ids, bytes: payload.length },
        'a spooled postback is lost: there is no room to keep it',
      );
    }
  }

  private noteDamage(damaged: number): void {
    if (damaged === 0) return;
    this.figures.damaged += damaged;
    this.parts.logger.error({ damaged }, 'the postback spool has damaged records; they are skipped');
  }
}

/** @throws TooManyPostponed */
function withinBounds(before: readonly Postponed[], more: readonly Postponed[]): readonly Postponed[] {
  const all = [...before, ...more];
  const bytes = all.reduce((sum, { payload }) => sum + payload.length, 0);
  if (more.length > 0 && (all.length > MAX_POSTPONED || bytes > MAX_POSTPONED_BYTES)) throw new TooManyPostponed();
  return more;
}
