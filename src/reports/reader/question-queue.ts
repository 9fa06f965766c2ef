import { QuestionFailed } from './report-answerer.js';

/** Lets a few pieces of work run at once. A bounded number waits, in the order of arrival. */
export class QuestionQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly limits: { atOnce: number; waiting: number }) {}

  /** @throws QuestionFailed `busy` when too many wait. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.running >= this.limits.atOnce) {
      if (this.waiting.length >= this.limits.waiting) throw new QuestionFailed('busy');
      await new Promise<void>((resolve) => this.waiting.push(resolve));
      return; // the place of the work that has ended
    }
    this.running++;
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next !== undefined) next();
    else this.running--;
  }
}
