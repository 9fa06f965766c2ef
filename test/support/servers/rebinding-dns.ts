import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIP } from 'node:net';
import { type Answer, decode, encode } from 'dns-packet';

/** The answers for a name: the first list for the first query, and the last list from then on. */
export type Script = string[][];

/** A real DNS server on 127.0.0.1 that changes its answers, as in a DNS rebinding attack. */
export class RebindingDns {
  /** How often each name was asked for (by A records; AAAA comes along). */
  readonly asked = new Map<string, number>();

  private constructor(
    private readonly socket: Socket,
    private readonly scripts: ReadonlyMap<string, Script>,
  ) {
    socket.on('message', (message, { port, address }) => {
      const reply = this.answer(decode(message));
      if (reply !== undefined) socket.send(reply, port, address);
    });
  }

  /** @param names a name → its script; an empty script is never answered. */
  static async start(names: Record<string, Script>): Promise<RebindingDns> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new RebindingDns(socket, new Map(Object.entries(names)));
  }

  /** As in the setting DNS_SERVERS. */
  get server(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.socket.close(resolve));
  }

  private answer(query: ReturnType<typeof decode>): Buffer | undefined {
    const { id, questions = [] } = query;
    const [question] = questions;
    const name = question?.name.toLowerCase() ?? '';
    const script = this.scripts.get(name);
    const head = { type: 'response' as const, questions };
    if (script === undefined) return encode({ id: id ?? 0, ...head, flags: 3 }); // NXDOMAIN
    if (script.length === 0) return undefined;
    const type = question?.type === 'AAAA' ? 'AAAA' : 'A';
    const turn = this.asked.get(`${type} ${name}`) ?? 0;
    this.asked.set(`${type} ${name}`, turn + 1);
    const family = type === 'A' ? 4 : 6;
    const addresses = (script[Math.min(turn, script.length - 1)] ?? []).filter((text) => isIP(text) === family);
    const answers = addresses.map((data): Answer => ({ type, name, ttl: 0, data }));
    return encode({ id: id ?? 0, ...head, flags: 0x180, answers });
  }
}
