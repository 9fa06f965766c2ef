import type { Logger } from 'pino';
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

/** What an error says of a request: try it later (MongoDB is away), never again, or neither. */
export type Fate = 'later' | 'never' | 'unknown';

export interface DrainerParts {
  apply: ApplyPostback;
  fateOf: (error: unknown) => Fate;
  quarantine: Pick<Quarantine, 'add' | 'path'>;
  logger: Pick<Logger, 'error'>;
}

/** What the drainer has done since it began. */
export interface DrainerFigures {
  applied: number;
  /** Kept aside because they can never be applied. */
  quarantined: number;
  /** Damaged stretches skipped. */
  damaged: number;
}

const BATCH_RECORDS = 32;
/** So often what fails for no known reason is tried, with all that is behind it waiting. */
const MAX_ATTEMPTS = 5;

/** A folder of the spool, read. */
export interface SpoolFolder {
  reader: FolderReader;
  /** How far the segments are applied; `reader` begins there. */
  positions: Map<string, number>;
}

/**
 * Applies what is in the spool, in order. A segment is deleted when all of its records were applied or kept aside; whatever
 * happens before that, they are read and applied again, which does nothing the second time.
 */
export class PostbackDrainer {
  readonly figures: DrainerFigures = { applied: 0, quarantined: 0, damaged: 0 };
  private readonly attempts = new Map<string, number>();
  private isStopping = false;

  constructor(private readonly parts: DrainerParts) {}

  /** Applies what there is. @returns whether that was all; if not, it is to be tried again in a while. */
  async drain(folders: readonly SpoolFolder[]): Promise<boolean> {
    for (const folder of folders) {
      try {
        if (!(await this.drainFolder(folder))) return false;
      } catch (error) {
        await folder.reader.rewind();
        const fate = this.parts.fateOf(error);
        // MongoDB away is in the log already, wherever that was noticed.
        if (fate !== 'later') this.parts.logger.error({ err: error }, 'spooled postbacks stay in the spool for now');
        return false;
      }
    }
    return true;
  }

  /** No further request is begun. */
  stop(): void {
    this.isStopping = true;
  }

  private async drainFolder({ reader, positions }: SpoolFolder): Promise<boolean> {
    for (;;) {
      if (this.isStopping) return false;
      const batch = await reader.next(BATCH_RECORDS);
      if (batch !== undefined) {
        for (const payload of batch.payloads) {
          if (this.isStopping) return false;
          await this.settle(payload);
        }
        positions.set(batch.segmentId, batch.to);
        this.noteDamage(batch.damaged);
      }
      const finished = reader.readToTheEnd();
      reader.remove(new Set(finished));
      for (const { id } of finished) positions.delete(id);
      if (batch === undefined) return true;
    }
  }

  /** @throws Error when it has to be tried again. */
  private async settle(payload: Buffer): Promise<void> {
    let postback: SpooledPostback;
    try {
      postback = decodePostback(payload);
    } catch (error) {
      this.keepAside(payload, error);
      return;
    }
    try {
      await this.parts.apply(postback);
      this.figures.applied++;
    } catch (error) {
      if (!this.isHopeless(postback, error)) throw error;
      this.keepAside(payload, error, postback.postbackId);
    }
    this.attempts.delete(postback.postbackId);
  }

  private isHopeless({ postbackId }: SpooledPostback, error: unknown): boolean {
    const fate = this.parts.fateOf(error);
    if (fate !== 'unknown') return fate === 'never';
    const attempts = (this.attempts.get(postbackId) ?? 0) + 1;
    this.attempts.set(postbackId, attempts);
    return attempts >= MAX_ATTEMPTS;
  }

  private keepAside(payload: Buffer, error: unknown, postbackId?: string): void {
    const { quarantine, logger } = this.parts;
    this.figures.quarantined++;
    try {
      quarantine.add(payload);
      logger.error(
        { err: error, postbackId, file: quarantine.path },
        'a spooled postback can not be applied; it is kept aside',
      );
    } catch (full) {
      // Those behind it must go on, or a full disk stays full. The log must not have its secrets.
      logger.error({ err: full, cause: error, postbackId }, 'a spooled postback is lost: there is no room to keep it');
    }
  }

  private noteDamage(damaged: number): void {
    if (damaged === 0) return;
    this.figures.damaged += damaged;
    this.parts.logger.error({ damaged }, 'the postback spool has damaged records; they are skipped');
  }
}
