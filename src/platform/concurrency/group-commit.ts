export interface GroupCommitOptions<J, R> {
  /** Does a group's jobs as a whole or not at all. @returns their results, in order. */
  run: (key: string, jobs: J[]) => Promise<R[]>;
  /** Most jobs of a group. */
  maxJobs: number;
  /** How long a job may wait for those before it, in milliseconds. */
  patienceMs: number;
  /** Makes the error for a job that has waited that long. */
  late: () => Error;
  /** Whether it may be one job's fault that its group failed: then each is tried by itself. */
  isOnesFault: (error: unknown) => boolean;
}

interface Waiting<J, R> {
  job: J;
  deadline: number;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

/**
 * Does jobs in groups: all that come for a key while a group of it is under way are the next group. So the busier it is,
 * the less each job costs, and jobs of one key never get in each other's way.
 */
export class GroupCommit<J, R> {
  private readonly queues = new Map<string, Waiting<J, R>[]>();

  constructor(private readonly options: GroupCommitOptions<J, R>) {}

  /** @throws what `run` throws for its group, or for it alone. */
  submit(key: string, job: J): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      const waiting = { job, resolve, reject, deadline: Date.now() + this.options.patienceMs };
      const queue = this.queues.get(key);
      if (queue !== undefined) {
        queue.push(waiting);
        return;
      }
      this.queues.set(key, [waiting]);
      // What has come in with the same turn of the event loop is in the first group already.
      setImmediate(() => void this.work(key));
    });
  }

  private async work(key: string): Promise<void> {
    const queue = this.queues.get(key);
    while (queue !== undefined && queue.length > 0) {
      const tell = await this.settle(key, this.takeGroup(queue));
      // Nothing of what those who are told do now may hold up those who wait: first the next group is on its way.
      if (queue.length > 0) setImmediate(tell);
      else tell();
    }
    this.queues.delete(key);
  }

  private takeGroup(queue: Waiting<J, R>[]): Waiting<J, R>[] {
    const now = Date.now();
    const taken = queue.splice(0, this.options.maxJobs);
    for (const { deadline, reject } of taken) if (deadline < now) reject(this.options.late());
    return taken.filter(({ deadline }) => deadline >= now);
  }

  /** @returns what tells those of the group who have not been told yet how it ended. */
  private async settle(key: string, group: Waiting<J, R>[]): Promise<() => void> {
    if (group.length === 0) return () => undefined;
    try {
      const results = await this.options.run(
        key,
        group.map(({ job }) => job),
      );
      return () => group.forEach(({ resolve }, i) => resolve(results[i] as R));
    } catch (error) {
      if (group.length === 1 || !this.options.isOnesFault(error)) {
        return () => group.forEach(({ reject }) => reject(error));
      }
      for (const one of group) (await this.settle(key, [one]))(); // each at once: the others may take long
      return () => undefined;
    }
  }
}
