/** Fields that are not shown as `name=value`. */
const SHOWN_OTHERWISE: ReadonlySet<string> = new Set(['level', 'time', 'msg', 'err']);
const MAX_VALUE_CHARS = 200;
const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};
const COLOURS: Readonly<Record<string, number>> = { warn: 33, error: 31, fatal: 31, info: 32 };

export interface PrettyOptions {
  /** Whether stacks of errors are shown, below the line. */
  hasStacks: boolean;
  hasColours: boolean;
}

interface LoggedError {
  message?: string;
  code?: string | number;
  stack?: string;
}

/** A JSON log line as one line of text for people: `08:15:02 warn  message: reason (field=value)`. */
export function prettyLine(json: string, { hasStacks, hasColours }: PrettyOptions): string {
  const entry = JSON.parse(json) as Record<string, unknown> & { time?: string; msg?: string };
  const level = LEVELS[Number(entry['level'])] ?? String(entry['level']);
  const colour = hasColours ? COLOURS[level] : undefined;
  const name = level.padEnd(5);
  const shownLevel = colour === undefined ? name : `\u001b[${colour}m${name}\u001b[39m`;
  const err = entry['err'] as LoggedError | undefined;
  const fields = Object.entries(entry)
    .filter(([field, value]) => !SHOWN_OTHERWISE.has(field) && value !== undefined && value !== null)
    .map(([field, value]) => `${field}=${textOf(value)}`);
  const text = [
    localTime(entry.time),
    shownLevel,
    withoutControls(entry.msg ?? '') + reasonOf(err),
    ...(fields.length > 0 ? [`(${fields.join(', ')})`] : []),
  ].join(' ');
  return hasStacks && err?.stack !== undefined ? `${text}\n${indented(err.stack)}\n` : `${text}\n`;
}

function localTime(iso: string | undefined): string {
  const time = new Date(iso ?? Date.now());
  const digits = (value: number): string => String(value).padStart(2, '0');
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map(digits).join(':');
}

function reasonOf(err: LoggedError | undefined): string {
  if (err === undefined) return '';
  const [line = ''] = (typeof err === 'object' ? (err.message ?? '') : String(err)).split('\n', 1);
  const code = err.code === undefined || line.includes(String(err.code)) ? '' : ` [${err.code}]`;
  return `: ${withoutControls(cut(line))}${withoutControls(code)}`;
}

/** Texts with spaces and anything that could move a terminal's cursor are quoted as JSON. */
function textOf(value: unknown): string {
  if (typeof value === 'string' && /^[\w.:/@+-]+$/.test(value)) return cut(value);
  return withoutControls(typeof value === 'string' ? JSON.stringify(cut(value)) : cut(JSON.stringify(value)));
}

function cut(text: string): string {
  return text.length > MAX_VALUE_CHARS ? `${text.slice(0, MAX_VALUE_CHARS)}…` : text;
}

function indented(stack: string): string {
  return stack
    .split('\n')
    .map((line) => `    ${withoutControls(line)}`)
    .join('\n');
}

/** Without characters that a terminal obeys or that reverse the direction of text: a message may hold text from a request. */
function withoutControls(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, ' ');
}
