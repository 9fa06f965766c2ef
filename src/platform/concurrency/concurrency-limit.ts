import { ProblemException } from '../http/problems/problem.js';

const RETRY_AFTER_SECONDS = '5';

/** Limits concurrent work of one kind per workspace in this process, so that one cannot take the capacity of others. */
export class ConcurrencyLimit {
  private readonly running = new Map<string, number>();

  /** @param what the work in plural, for the error: "exports". */
  constructor(
    private readonly max: number,
    private readonly what: string,
  ) {}

  /** @throws ProblemException 429 when the workspace has reached its limit. */
  async run<T>(workspaceId: string, work: () => Promise<T>): Promise<T> {
    const release = this.take(workspaceId);
    try {
      return await work();
    } finally {
      release();
    }
  }

  /** Like `run`, for rows that are read one by one: counted from the first row until reading ends. */
  async *rows<T>(workspaceId: string, rows: AsyncIterable<T>): AsyncGenerator<T> {
    const release = this.take(workspaceId);
    try {
      yield* rows;
    } finally {
      release();
    }
  }

  private take(workspaceId: string): () => void {
    const running = this.running.get(workspaceId) ?? 0;
    if (running >= this.max) {
      const detail = `This workspace has ${this.max} ${this.what} under way, and cannot have more at once: try again when one has ended.`;
      throw new ProblemException('too_many_requests', detail, undefined, { 'retry-after': RETRY_AFTER_SECONDS });
    }
    this.running.set(workspaceId, running + 1);
    return () => {
      const left = (this.running.get(workspaceId) ?? 1) - 1;
      if (left > 0) this.running.set(workspaceId, left);
      else this.running.delete(workspaceId);
    };
  }
}
