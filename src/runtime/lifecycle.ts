/**
 * The stages of a shutdown, in order. The shipper ends after the processes that write to the spool, so that it ships their
 * last clicks. Databases end after both. The lock on DATA_DIR is released last.
 */
export const SHUTDOWN_STAGES = ['serving', 'reader', 'shipper', 'databases', 'data folder'] as const;

export type ShutdownStage = (typeof SHUTDOWN_STAGES)[number];

type Close = () => Promise<void> | void;

/** The parts that this process has started and has to end, by stage. */
export class Lifecycle {
  private readonly closers = new Map<ShutdownStage, Close[]>();
  private readonly finished = new Set<ShutdownStage>();
  private ending: Promise<void> | undefined;

  /** @param onError is called for each part that could not be ended; the shutdown continues. */
  constructor(private readonly onError: (error: Error) => void) {}

  /** Whether the shutdown has begun. */
  get isEnding(): boolean {
    return this.ending !== undefined;
  }

  /** Registers a part to be closed in a stage of the shutdown. It is closed at once when that stage is over. */
  atShutdown(stage: ShutdownStage, close: Close): void {
    if (this.finished.has(stage)) void this.close(close);
    else this.closers.set(stage, [...(this.closers.get(stage) ?? []), close]);
  }

  /** Ends all parts; within a stage, the last one first. A second call waits for the first one. */
  end(): Promise<void> {
    this.ending ??= this.endStages();
    return this.ending;
  }

  private async endStages(): Promise<void> {
    for (const stage of SHUTDOWN_STAGES) {
      // A part may be added while another part of its stage ends.
      for (let close = this.takeLast(stage); close !== undefined; close = this.takeLast(stage)) await this.close(close);
      this.finished.add(stage);
    }
  }

  private takeLast(stage: ShutdownStage): Close | undefined {
    return this.closers.get(stage)?.pop();
  }

  private async close(close: Close): Promise<void> {
    try {
      await close();
    } catch (error) {
      this.onError(error as Error);
    }
  }
}
