/** The process cannot start. The operator sees the problems without a stack trace; exit code 1. */
export class StartupError extends Error {
  /** @param problems one clear line each: what is wrong and what to do. */
  constructor(readonly problems: string[]) {
    super(problems.join('\n'));
    this.name = 'StartupError';
  }
}
