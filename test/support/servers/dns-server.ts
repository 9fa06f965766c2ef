import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import * as dnsPacket from 'dns-packet';

/** The records of a name, or the failure that the server answers with. */
type Zone = Map<string, Map<string, string[]>>;
type Failure = 'SERVFAIL' | 'REFUSED' | 'silence';

const RCODES = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 };
const MAX_UDP = 1_200;

/** A real DNS server on a port of its own, over UDP and, for what is too large for that, TCP. Names are set by the test. */
export class DnsServer {
  /** Every question that came: `TXT _hopback.go.brand.com`. */
  readonly questions: string[] = [];
  private readonly zone: Zone = new Map();
  private readonly failures = new Map<string, Failure>();
  private delayMs = 0;

  private constructor(
    private readonly udp: Socket,
    private readonly tcp: Server,
    readonly address: string,
  ) {
    udp.on('message', (message, { address: host, port }) => {
      this.answer(message, MAX_UDP, (packet) => udp.send(packet, port, host));
    });
    tcp.on('connection', (socket) => {
      socket.on('error', () => undefined);
      // A question is far smaller than a segment, so it comes in one piece.
      socket.on('data', (data) => {
        this.answer(data.subarray(2), 65_535, (packet) => {
          const length = Buffer.alloc(2);
          length.writeUInt16BE(packet.length);
          socket.end(Buffer.concat([length, packet]));
        });
      });
    });
  }

  static async start(): Promise<DnsServer> {
    const tcp = createServer();
    tcp.listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const { port } = tcp.address() as AddressInfo;
    const udp = createSocket('udp4');
    udp.bind(port, '127.0.0.1');
    await once(udp, 'listening');
    return new DnsServer(udp, tcp, `127.0.0.1:${port}`);
  }

  /** Sets the records of a type that a name has; without values it has none. TXT values are cut into strings of 255 bytes. */
  set(type: 'TXT' | 'CNAME' | 'A' | 'AAAA', name: string, ...values: string[]): void {
    const records = this.zone.get(name) ?? new Map<string, string[]>();
    this.zone.set(name, records);
    if (values.length === 0) records.delete(type);
    else records.set(type, values);
  }

  /** From now on questions about this name (`*`: any) fail so; `undefined`: no more. */
  fail(name: string, how: Failure | undefined): void {
    if (how === undefined) this.failures.delete(name);
    else this.failures.set(name, how);
  }

  /** How long each answer takes. */
  slowDown(ms: number): void {
    this.delayMs = ms;
  }

  async close(): Promise<void> {
    this.udp.close();
    this.tcp.close();
    await Promise.all([once(this.udp, 'close'), once(this.tcp, 'close')]);
  }

  private answer(message: Buffer, maxBytes: number, send: (packet: Buffer) => void): void {
    const query = dnsPacket.decode(message);
    const question = query.questions?.[0];
    if (question === undefined) return;
    const name = question.name.toLowerCase();
    this.questions.push(`${question.type} ${name}`);
    const failure = this.failures.get(name) ?? this.failures.get('*');
    if (failure === 'silence') return;
    const records = this.zone.get(name);
    const values = records?.get(question.type) ?? [];
    const rcode = failure ? RCODES[failure] : records ? 0 : RCODES.NXDOMAIN;
    const answers = failure ? [] : values.map((value) => toAnswer(question.type, question.name, value));
    const reply = (flags: number, sent: typeof answers): Buffer =>
      dnsPacket.encode({
        type: 'response',
        ...(query.id !== undefined && { id: query.id }),
        flags: dnsPacket.RECURSION_DESIRED | dnsPacket.RECURSION_AVAILABLE | flags | rcode,
        questions: [question],
        answers: sent,
      });
    const whole = reply(0, answers);
    const packet = whole.length > maxBytes ? reply(dnsPacket.TRUNCATED_RESPONSE, []) : whole;
    setTimeout(() => send(packet), this.delayMs);
  }
}

function toAnswer(type: string, name: string, value: string): dnsPacket.Answer {
  const data = type === 'TXT' ? (value.match(/.{1,255}/gs) ?? ['']) : value;
  return { type, name, ttl: 0, class: 'IN', data } as dnsPacket.Answer;
}
