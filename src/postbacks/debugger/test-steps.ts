/** One step of a test, as the API shows it. */
export interface TestStep {
  name: string;
  ok: boolean;
  detail: string;
  ms: number;
}

/** Collects the steps of a test. */
export class TestSteps {
  readonly list: TestStep[] = [];

  add(name: string, ok: boolean, detail: string, ms = 0): void {
    this.list.push({ name, ok, detail, ms });
  }

  get ok(): boolean {
    return this.list.every(({ ok }) => ok);
  }
}

/** The problem with an answer that a network would get; `undefined` if there is none. */
export function answerProblem(status: number, location: string | null, isOurs: boolean): string | undefined {
  if (status >= 300 && status < 400) {
    const where = location === null ? '' : ` to ${location}`;
    return `The request is redirected${where}: networks do not follow redirects, so the public URL must lead here without one.`;
  }
  if (!isOurs) return 'The answer is not from this Hopback: the public URL leads somewhere else.';
  return status === 200
    ? undefined
    : `A network would treat this answer as a failure and may send the postback again, or give up.`;
}
