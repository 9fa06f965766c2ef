import { GroupCommit } from './group-commit.js';

type Work = () => Promise<unknown>;

/** Lets those who want the same thing come one after the other, instead of getting in each other's way. */
export class KeyedMutex {
  private readonly queue: GroupCommit<Work, unknown>;

  /** @param patienceMs how long one may wait for those before it; then it gets the error that `late` makes. */
  constructor(patienceMs: number, late: () => Error) {
    const run = (_: string, works: Work[]): Promise<unknown[]> => Promise.all(works.map((work) => work()));
    this.queue = new GroupCommit({ run, maxJobs: 1, patienceMs, late, isOnesFault: () => false });
  }

  /** Does the work when it is its turn among those with this key. */
  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    return (await this.queue.submit(key, work)) as T;
  }
}
