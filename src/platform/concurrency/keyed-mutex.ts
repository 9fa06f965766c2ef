import { GroupCommit } from './group-commit.js';

type Work = () => Promise<unknown>;

/** Runs work for the same key one after the other, so that it does not conflict. */
export class KeyedMutex {
  private readonly queue: GroupCommit<Work, unknown>;

  /** @param patienceMs how long work may wait for earlier work; then it fails with the error of `late`. */
  constructor(patienceMs: number, late: () => Error) {
    const run = (_: string, works: Work[]): Promise<unknown[]> => Promise.all(works.map((work) => work()));
    this.queue = new GroupCommit({ run, maxJobs: 1, patienceMs, late, isSingleJobFault: () => false });
  }

  /** Runs the work after all earlier work for this key. */
  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    return (await this.queue.submit(key, work)) as T;
  }
}
