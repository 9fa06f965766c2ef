import { type IncomingMessage, request } from 'node:http';
import { once } from 'node:events';
import { eventually } from './eventually.js';

/** An event of a `text/event-stream`. */
export interface ReceivedEvent {
  type: string;
  id: string;
  data: Record<string, unknown>;
}

interface ListenOptions {
  key: string;
  query?: string;
  lastEventId?: string | undefined;
}

/** A client of live events, which reads as browsers do. */
export class EventListener {
  readonly events: ReceivedEvent[] = [];
  /** As a browser's: also of frames that have no data. */
  lastEventId = '';
  comments = 0;
  isEnded = false;
  private unread = '';

  private constructor(
    readonly answer: IncomingMessage,
    readonly status: number,
  ) {
    answer.setEncoding('utf8');
    answer.on('data', (text: string) => this.read(text));
    answer.on('error', () => undefined);
    answer.on('close', () => (this.isEnded = true));
  }

  /** @throws Error when it is not answered 200. */
  static async open(baseUrl: string, { key, query = '', lastEventId }: ListenOptions): Promise<EventListener> {
    const headers = {
      authorization: `Bearer ${key}`,
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    };
    const sent = request(`${baseUrl}/api/v1/events/stream${query}`, { headers, agent: false });
    sent.end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    const listener = new EventListener(answer, answer.statusCode ?? 0);
    if (listener.status !== 200) {
      await once(answer, 'end');
      throw new Error(`events: ${listener.status} ${listener.unread}`);
    }
    // The position comes when the listener gets all later events.
    await listener.until(() => listener.lastEventId !== '' || listener.isEnded);
    return listener;
  }

  /** The data of the events of a type. */
  of(type: string): Record<string, unknown>[] {
    return this.events.filter((event) => event.type === type).map(({ data }) => data);
  }

  async until(holds: () => boolean, patienceMs = 15_000): Promise<void> {
    await eventually(holds, (isTrue) => isTrue, patienceMs).catch(() => {
      throw new Error(`not as expected: ${JSON.stringify(this.events.slice(-10))}`);
    });
  }

  close(): void {
    this.answer.destroy();
  }

  private read(text: string): void {
    const frames = (this.unread + text).split('\n\n');
    this.unread = frames.pop() ?? '';
    for (const frame of frames) this.readFrame(frame.split('\n'));
  }

  private readFrame(lines: string[]): void {
    const fields = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
    if (lines.some((line) => line.startsWith(':'))) this.comments++;
    this.lastEventId = fields.get('id') ?? this.lastEventId;
    const data = fields.get('data');
    if (data === undefined) return;
    const json = JSON.parse(data) as Record<string, unknown>;
    this.events.push({ type: fields.get('event') ?? '', id: this.lastEventId, data: json });
  }
}
