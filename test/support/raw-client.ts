import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

/** A client that sends bytes as they are given to it, and reads answers one by one. */
export class RawClient {
  /** Received text that was not read as an answer yet. */
  unread = '';
  /** Resolves when both sides have ended, or the connection broke. */
  readonly closed: Promise<void>;
  private isClosed = false;
  private wake: () => void = () => undefined;

  private constructor(readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      this.unread += chunk.toString('latin1');
      this.wake();
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.isClosed = true;
        this.wake();
        resolve();
      });
    });
  }

  /** @param allowHalfOpen the server's end does not end our side. */
  static open(port: number, allowHalfOpen = false): Promise<RawClient> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', allowHalfOpen });
      socket.once('error', reject);
      socket.once('connect', () => resolve(new RawClient(socket)));
    });
  }

  /** Resolves when the system has taken the bytes. */
  send(text: string): Promise<void> {
    return new Promise((resolve) => this.socket.write(text, 'latin1', () => resolve()));
  }

  /**
   * The next whole answer.
   * @param isHead it answers a HEAD: there is no body whatever its length says.
   * @throws Error when the connection ends before it is there.
   */
  async answer(isHead = false): Promise<RawAnswer> {
    for (;;) {
      const answer = this.takeAnswer(isHead);
      if (answer !== undefined) return answer;
      if (this.isClosed) throw new Error(`closed before a whole answer: ${JSON.stringify(this.unread)}`);
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  async ask(text: string, isHead = false): Promise<RawAnswer> {
    await this.send(text);
    return this.answer(isHead);
  }

  private takeAnswer(isHead: boolean): RawAnswer | undefined {
    const end = this.unread.indexOf('\r\n\r\n');
    if (end < 0) return undefined;
    const [statusLine = '', ...lines] = this.unread.slice(0, end).split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const bodyEnd = end + 4 + (isHead ? 0 : Number(headers['content-length'] ?? 0));
    if (this.unread.length < bodyEnd) return undefined;
    const body = this.unread.slice(end + 4, bodyEnd);
    this.unread = this.unread.slice(bodyEnd);
    return { status: Number(statusLine.split(' ')[1]), headers, body };
  }
}
