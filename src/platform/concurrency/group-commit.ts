// Tools that order or bound concurrent work in one process. Start here: group-commit.ts combines jobs, keyed-mutex.ts runs
// them one by one. fair-queue.ts and concurrency-limit.ts bound them; the other files divide long work and time out.

export interface GroupCommitOptions<J, R> {
  /** Runs a group's jobs, all or none. @returns their results, in order. */
  run: (key: string, jobs: J[]) => Promise<R[]>;
  /** Maximum number of jobs in a group. */
  maxJobs: number;
  /** How long a job may wait for those before it, in milliseconds. */
  patienceMs: number;
  /** Creates the error for a job that has waited that long. */
  late: () => Error;
  /** Whether a single job may have caused the failure of its group: each job is then retried alone. */
  isSingleJobFault: (error: unknown) => boolean;
}

interface Waiting<J, R> {
  job: J;
  deadline: number;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

/**
 * Runs jobs in groups: jobs that arrive for a key while a group of it is running form the next group. So a job costs less
 * under load, and jobs of one key never conflict.
 */
export class GroupCommit<J, R> {
  private readonly queues = new Map<string, Waiting<J, R>[]>();

  constructor(private readonly options: GroupCommitOptions<J, R>) {}

  /** @throws what `run` throws for the job's group, or for the job alone. */
  submit(key: string, job: J): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      const waiting = { job, resolve, reject, deadline: Date.now() + this.options.patienceMs };
      const queue = this.queues.get(key);
      if (queue !== undefined) {
        queue.push(waiting);
        return;
      }
      this.queues.set(key, [waiting]);
      // Jobs of the same turn of the event loop are all in the first group.
      setImmediate(() => void this.work(key));
    });
  }

  private async work(key: string): Promise<void> {
    const queue = this.queues.get(key);
    while (queue !== undefined && queue.length > 0) {
      const deliver = await this.settle(key, this.takeGroup(queue));
      // The next group starts before the results are delivered, so that callers that continue do not delay it.
      if (queue.length > 0) setImmediate(deliver);
      else deliver();
    }
    this.queues.delete(key);
  }

  private takeGroup(queue: Waiting<J, R>[]): Waiting<J, R>[] {
    const now = Date.now();
    const taken = queue.splice(0, this.options.maxJobs);
    for (const { deadline, reject } of taken) if (deadline < now) reject(this.options.late());
    return taken.filter(({ deadline }) => deadline >= now);
  }

  /** @returns a function that delivers the results that are not delivered yet. */
  private async settle(key: string, group: Waiting<J, R>[]): Promise<() => void> {
    if (group.length === 0) return () => undefined;
    try {
      const results = await this.options.run(
        key,
        group.map(({ job }) => job),
      );
      return () => group.forEach(({ resolve }, i) => resolve(results[i] as R));
    } catch (error) {
      if (group.length === 1 || !this.options.isSingleJobFault(error)) {
        return () => group.forEach(({ reject }) => reject(error));
      }
      for (const one of group) (await this.settle(key, [one]))(); // each at once: the others may take long
      return () => undefined;
    }
  }
}
