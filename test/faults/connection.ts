import { connect, type Socket } from 'node:net';

const ANSWER_PATIENCE_MS = 30_000;

/** What came back. The body is read over. */
export interface Reply {
  status: number;
  /** Status line and headers. */
  head: string;
}

/** Why there is no answer. */
export type Silence = 'connection lost' | 'no answer in 30 s' | 'not HTTP';

/** One HTTP/1.1 keep-alive connection, one request at a time; a tenth of the work that node:http does. */
export class Connection {
  isOpen = true;
  private received = '';
  private asked: { isHead: boolean; settle: (outcome: Reply | Silence) => void } | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true).setEncoding('latin1').setTimeout(ANSWER_PATIENCE_MS);
    socket.on('data', (text: string) => this.read(text));
    socket.on('timeout', () => this.end('no answer in 30 s'));
    socket.on('error', () => this.end('connection lost'));
    socket.on('close', () => this.end('connection lost'));
  }

  /** @throws Error when the port is not listened on. */
  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Connection(socket));
      });
    });
  }

  ask(request: string, isHead: boolean): Promise<Reply | Silence> {
    return new Promise((resolve) => {
      this.asked = { isHead, settle: resolve };
      this.socket.write(request, 'latin1');
    });
  }

  close(): void {
    this.end('connection lost');
  }

  private read(text: string): void {
    this.received = this.received === '' ? text : this.received + text;
    const headEnd = this.received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.received.slice(0, headEnd);
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
    if (Number.isNaN(status) || this.asked === undefined) {
      this.end('not HTTP');
      return;
    }
    const length = this.asked.isHead ? 0 : bodyLength(head, this.received.slice(headEnd + 4));
    if (length === undefined || this.received.length < headEnd + 4 + length) return;
    this.received = this.received.slice(headEnd + 4 + length);
    const { settle } = this.asked;
    this.asked = undefined;
    if (/^connection: close/im.test(head)) this.end('connection lost');
    settle({ status, head });
  }

  private end(outcome: Silence): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.socket.destroy();
    this.asked?.settle(outcome);
    this.asked = undefined;
  }
}

/** The value of a header, or `undefined`. */
export function headerOf({ head }: Reply, name: string): string | undefined {
  return new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim();
}

/** The length of the body, or `undefined` while it is not known. */
function bodyLength(head: string, rest: string): number | undefined {
  const stated = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (stated !== undefined) return Number(stated);
  if (!/^transfer-encoding: *chunked/im.test(head)) return 0;
  const end = /(?:^|\r\n)0\r\n\r\n/.exec(rest);
  return end === null ? undefined : end.index + end[0].length;
}
