/**
 * The stages of a shutdown, in their order. The shipper outlives the processes that write to the spool, so that it ships their
 * last clicks; databases outlive both; the lock on DATA_DIR is the last.
 */
export const SHUTDOWN_STAGES = ['serving', 'shipper', 'databases', 'data folder'] as const;

export type ShutdownStage = (typeof SHUTDOWN_STAGES)[number];

type Close = () => Promise<void> | void;

/** The parts that this process has started and has to end, by stages. */
export class Lifecycle {
  private readonly closers = new Map<ShutdownStage, Close[]>();
  private readonly finished = new Set<ShutdownStage>();
  private ending: Promise<void> | undefined;

  /** @param onError is called for each part that could not be ended; the shutdown continues. */
  constructor(private readonly onError: (error: Error) => void) {}

  /** The shutdown has begun. */
  get isEnding(): boolean {
    return this.ending !== undefined;
  }

  /** Ends this part in its stage of the shutdown; at once when that stage is over. */
  atShutdown(stage: ShutdownStage, close: Close): void {
    if (this.finished.has(stage)) void this.close(close);
    else this.closers.set(stage, [...(this.closers.get(stage) ?? []), close]);
  }

  /** Ends all parts, the last one of a stage first. A second call waits for the first one. */
  end(): Promise<void> {
    this.ending ??= this.endStages();
    return this.ending;
  }

  private async endStages(): Promise<void> {
    for (const stage of SHUTDOWN_STAGES) {
      // A part may be added while another one of its stage ends.
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
