interface LogLine {
  /** Severity: F(atal), E(rror), W, I, D. */
  s?: unknown;
  msg?: unknown;
  attr?: { error?: unknown; message?: unknown };
}

/** The last error that mongod has logged, in its own words, which say more than its exit code. */
export class MongodErrors {
  private error: { text: string; hasCause: boolean } | undefined;

  get last(): string | undefined {
    return this.error?.text;
  }

  /** Takes one line of mongod's log. An error with a cause is kept when one without follows it. */
  read(line: string): void {
    const entry = parse(line);
    if ((entry?.s !== 'E' && entry?.s !== 'F') || typeof entry.msg !== 'string') return;
    const cause = causeOf(entry);
    if (cause === undefined && this.error?.hasCause) return;
    const text = [entry.msg.trim(), cause].filter(Boolean).join(': ');
    this.error = { text, hasCause: cause !== undefined };
  }
}

function parse(line: string): LogLine | undefined {
  try {
    return (JSON.parse(line) as LogLine | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** `attr.error` is a text, an object with `errmsg`, or a number that `attr.message` explains. */
function causeOf({ attr }: LogLine): string | undefined {
  const { errmsg } = (attr?.error ?? {}) as { errmsg?: unknown };
  return [attr?.error, errmsg, attr?.message].find((value) => typeof value === 'string');
}
