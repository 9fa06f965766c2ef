import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerError } from 'smtp-server';

/** A mail as the server has received it, with its texts decoded. */
export interface ReceivedMail {
  from: string;
  to: string[];
  /** Names in lower case; encoded words and folded lines are decoded. */
  headers: Map<string, string[]>;
  raw: string;
  text: string;
  html: string;
  /** Whether the connection used TLS. */
  isSecure: boolean;
  user: string | undefined;
}

/** `hang` accepts the connection and never answers to the mail. */
export type Behaviour = 'accept' | 'hang' | { code: number; at: 'connect' | 'rcpt' | 'data'; text?: string };

export interface SmtpServerOptions {
  port?: number;
  /** Who may sign in. With it, no mail is accepted without. */
  credentials?: { user: string; password: string };
  /** Offers STARTTLS with a certificate that no client trusts. */
  hasStartTls?: boolean;
  /** Uses that certificate from the first byte. */
  isSecure?: boolean;
}

/** A real mail server on a free port of 127.0.0.1, which keeps what it gets. */
export class TestSmtpServer {
  readonly mails: ReceivedMail[] = [];
  /** For the next mails, by receiver; `*` for all others. */
  readonly behaviours = new Map<string, Behaviour>();
  /** Connections that reached the server. */
  connections = 0;
  /** Attempts to sign in. */
  signIns = 0;
  /** Times that a receiver was named. */
  recipients = 0;

  private constructor(private readonly server: SMTPServer) {}

  static async start({
    port = 0,
    credentials,
    hasStartTls = false,
    isSecure = false,
  }: SmtpServerOptions = {}): Promise<TestSmtpServer> {
    const server = new SMTPServer({
      secure: isSecure,
      disabledCommands: [...(hasStartTls ? [] : ['STARTTLS']), ...(credentials ? [] : ['AUTH'])],
      authOptional: credentials === undefined,
      allowInsecureAuth: true,
      disableReverseLookup: true,
      closeTimeout: 10,
      logger: false,
      onAuth: (auth, _session, callback) => {
        started.signIns++;
        const isKnown = auth.username === credentials?.user && auth.password === credentials?.password;
        if (isKnown) callback(null, { user: auth.username });
        else callback(reply(535, `5.7.8 wrong: ${auth.username} ${auth.password}`));
      },
      onConnect: (_session, callback) => {
        started.connections++;
        const failure = started.failureAt('connect', '*');
        callback(failure ?? null);
      },
      onRcptTo: ({ address }, _session, callback) => {
        started.recipients++;
        callback(started.failureAt('rcpt', address) ?? null);
      },
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          const to = rcptTo.map(({ address }) => address);
          if (started.behaviourOf(to[0] ?? '') === 'hang') return;
          const failure = started.failureAt('data', to[0] ?? '');
          if (failure !== undefined) return callback(failure);
          const from = mailFrom === false ? '' : mailFrom.address;
          const mail = parseMail(Buffer.concat(chunks).toString('utf8'));
          started.mails.push({ ...mail, from, to, isSecure: session.secure, user: session.user as string | undefined });
          callback();
        });
      },
    });
    const started = new TestSmtpServer(server);
    server.on('error', () => undefined); // connections that a client breaks off
    const listening = server.listen(port, '127.0.0.1');
    if (!listening.listening) await once(listening, 'listening');
    return started;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** Mails to this address. */
  to(address: string): ReceivedMail[] {
    return this.mails.filter(({ to }) => to.includes(address));
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(resolve));
  }

  private behaviourOf(address: string): Behaviour {
    return this.behaviours.get(address) ?? this.behaviours.get('*') ?? 'accept';
  }

  private failureAt(at: string, address: string): Error | undefined {
    const behaviour = this.behaviourOf(address);
    if (typeof behaviour === 'string' || behaviour.at !== at) return undefined;
    return reply(behaviour.code, behaviour.text ?? 'as the test wants it');
  }
}

function reply(responseCode: number, text: string): SMTPServerError {
  return Object.assign(new Error(text), { responseCode });
}

function parseMail(raw: string): Pick<ReceivedMail, 'headers' | 'raw' | 'text' | 'html'> {
  const { headers, body } = splitPart(raw);
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type')?.[0] ?? '')?.[1];
  const parts = boundary === undefined ? [raw] : body.split(`--${boundary}`).slice(1, -1);
  const textOf = (type: string): string => {
    const found = parts.map(splitPart).find((part) => part.headers.get('content-type')?.[0]?.startsWith(type));
    return found === undefined ? '' : decodeBody(found.body, found.headers.get('content-transfer-encoding')?.[0] ?? '');
  };
  return { headers, raw, text: textOf('text/plain'), html: textOf('text/html') };
}

function splitPart(part: string): { headers: Map<string, string[]>; body: string } {
  const [head = '', ...body] = part.replace(/^\r\n/, '').split('\r\n\r\n');
  const headers = new Map<string, string[]>();
  for (const line of head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    headers.set(name.toLowerCase(), [...(headers.get(name.toLowerCase()) ?? []), decodeWords(value)]);
  }
  return { headers, body: body.join('\r\n\r\n') };
}

function decodeWords(value: string): string {
  return value
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?(q|b)\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString('utf8')
        : decodeQuotedPrintable(text.replaceAll('_', ' ')),
    );
}

function decodeBody(body: string, encoding: string): string {
  const plain = body.replace(/\r\n$/, '');
  if (encoding === 'base64') return Buffer.from(plain, 'base64').toString('utf8').replaceAll('\r\n', '\n');
  if (encoding === 'quoted-printable') return decodeQuotedPrintable(plain).replaceAll('\r\n', '\n');
  return plain.replaceAll('\r\n', '\n');
}

function decodeQuotedPrintable(text: string): string {
  const bytes = text
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
