import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { ClientError } from '../../src/edge/client-errors.js';
import type { EdgeReply } from '../../src/edge/edge-reply.js';
import type { EdgeRequest } from '../../src/edge/edge-request.js';
import { EdgeServer } from '../../src/edge/edge-server.js';
import { NodeReply, NodeRequest } from '../../src/edge/node-adapter.js';
import { hasOneHost } from '../../src/platform/http/requests/host-header.js';
import { toOriginForm } from '../../src/platform/http/requests/origin-form.js';
import { readRequestHead } from '../../src/edge/request-head.js';
import { repairRequestStart } from '../../src/platform/http/requests/request-line.js';
import { MemorySocket } from '../support/memory-socket.js';
import { Mutator } from './edge-mutations.js';

// A differential fuzz of the edge against Node's own parser. Each text is given to a bare Node server as a whole, and to the
// edge in two pieces, cut at many places. Both must see the same requests: who (host, address), what (method, target, headers,
// body) and where (a probe request stands behind each text, and must be seen, or not, by both).
//
// The reference follows the rules of explained-differences.ts, so that nothing else may differ: one valid Host, absolute targets
// read with their host, a request line that is repaired, and nothing read behind an answer that closes the connection.

const PROBE = 'GET /probe HTTP/1.1\r\nHost: probe.example\r\n\r\n';
const MAX_BODY_BYTES = 1_000_000;
const BATCH = 400;
const MAX_REPAIRED = 3;

interface Seen {
  method: string;
  url: string;
  host: string;
  headers: IncomingHttpHeaders;
  /** `undefined` when there is none, or when it did not come to its end. */
  body: string | undefined;
}

/** What a server made of the bytes of one connection. */
interface Outcome {
  seen: Seen[];
  /** The server refused something at the end. */
  isRefused: boolean;
  /** How often the client was told to go on with its body. */
  continues: number;
  /** The last answer was the last one of the connection. */
  isClosing: boolean;
}

type ParserError = ClientError & { bytesParsed?: number };
interface Reading extends Outcome {
  error: ParserError | undefined;
}

/** Requests by the address of their connection, of which each has its own. */
class Recorder {
  private readonly seen = new Map<string, Seen[]>();

  /** Gives away what was seen on a connection. */
  take(address: string): Seen[] {
    const list = this.seen.get(address) ?? [];
    this.seen.delete(address);
    return list;
  }

  answer(request: EdgeRequest, reply: EdgeReply): void {
    const { method, url, host, remoteAddress, headers } = request;
    const one: Seen = { method, url, host, headers: { ...headers }, body: undefined };
    const list = this.seen.get(remoteAddress);
    if (list === undefined) this.seen.set(remoteAddress, [one]);
    else list.push(one);
    const body = request.readBody(MAX_BODY_BYTES);
    if (body === undefined) reply.send(200, {});
    else {
      void body.then(({ bytes, state }) => {
        if (state === 'whole') one.body = bytes.toString('latin1');
        reply.send(200, {});
      });
    }
  }
}

export class EdgeFuzz {
  /** Each as JSON that says what to look at. */
  readonly differences: string[] = [];
  cases = 0;
  texts = 0;
  /** Requests that the edge has seen; when these are few, nothing was compared. */
  requests = 0;
  private readonly mutator: Mutator;
  private readonly recorder = new Recorder();
  private readonly edge = new EdgeServer();
  private readonly node: Server;
  private readonly errors = new WeakMap<object, ClientError>();
  private readonly refused = new WeakSet<object>();

  /** @param seed decides all cases. */
  constructor(seed: number) {
    this.mutator = new Mutator(seed);
    this.edge.serve({
      handle: (request, reply) => {
        this.recorder.answer(request, reply);
        return true;
      },
      fallback: (_request, response) => response.end(),
      needsHost: () => true,
      onUnreadable: () => undefined,
    });
    this.edge.server.on('clientError', (error: ClientError, socket) =>
      this.edge.onClientError(error, socket as Socket),
    );
    this.node = createServer({ requireHostHeader: false }, (request, response) =>
      this.answerAsNode(request, response, false),
    );
    this.node.on('checkContinue', (request, response) => this.answerAsNode(request, response, true));
    this.node.on('clientError', (error: ClientError, socket) => {
      this.errors.set(socket, error);
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    });
  }

  /** Runs at least so many cases. @param cutsPerText places where each text is cut; Infinity: all. */
  async run(cases: number, cutsPerText: number): Promise<void> {
    const goal = this.cases + cases;
    while (this.cases < goal && this.differences.length === 0)
      await this.compare(this.mutator.next() + PROBE, cutsPerText);
    await this.edge.close();
    this.node.closeAllConnections();
  }

  /** Compares one text, cut at many places. */
  async compare(text: string, cutsPerText: number): Promise<void> {
    this.texts++;
    const expected = await this.expectedOf(text);
    const cuts = [-1, 0, ...this.mutator.cuts(text.length, cutsPerText)];
    for (let at = 0; at < cuts.length; at += BATCH) {
      const batch = cuts.slice(at, at + BATCH);
      const outcomes = await this.playOnEdge(text, batch);
      for (const [i, edge] of outcomes.entries()) {
        this.cases++;
        this.requests += edge.seen.length;
        const cut = batch[i] ?? 0;
        if (expected.some((node) => isSame(edge, node))) continue;
        // Node itself loses what stands in one packet behind an upgrade that it ignores.
        const nodeInPieces = await this.playOnNode(text, cut);
        if (!isSame(edge, nodeInPieces))
          this.differences.push(JSON.stringify({ text, cut, edge, node: [...expected, nodeInPieces] }));
      }
    }
  }

  private async playOnEdge(text: string, cuts: number[]): Promise<Outcome[]> {
    const sockets = cuts.map(() => new MemorySocket());
    for (const socket of sockets) this.edge.server.emit('connection', socket);
    await Promise.all(sockets.map((socket, i) => sendInPieces(socket, text, cuts[i] ?? 0)));
    await settle();
    const outcomes = sockets.map((socket) => this.outcomeOf(socket));
    for (const socket of sockets) socket.destroy();
    return outcomes;
  }

  private outcomeOf(socket: MemorySocket): Outcome {
    const { remoteAddress, written } = socket;
    const isRefused = /^HTTP\/1\.1 4/m.test(written);
    const continues = written.split('HTTP/1.1 100 ').length - 1;
    return {
      seen: this.recorder.take(remoteAddress),
      continues,
      isRefused,
      isClosing: /^connection: close/im.test(written),
    };
  }

  /**
   * The allowed outcomes of a text: what Node makes of it, as it is and with its broken request lines repaired. It depends on
   * the packets whether a line behind another request can be repaired.
   */
  private async expectedOf(text: string): Promise<Outcome[]> {
    const expected: Outcome[] = [];
    for (let rest of [text, ...repairedAsRead(text)]) {
      for (let times = 0; times <= MAX_REPAIRED; times++) {
        const reading: Reading = await this.playOnNode(rest);
        const { error, ...outcome } = reading;
        expected.push(outcome);
        const repaired = error && repairedWhereRefused(rest, error);
        if (repaired === undefined) break;
        rest = repaired;
      }
    }
    return expected;
  }

  private async playOnNode(text: string, cut = 0): Promise<Reading> {
    const socket = new MemorySocket();
    this.node.emit('connection', socket);
    await sendInPieces(socket, text, cut);
    await settle();
    const reading = { ...this.outcomeOf(socket), error: this.errors.get(socket) };
    socket.destroy();
    return reading;
  }

  private answerAsNode(request: IncomingMessage, response: ServerResponse, isContinueDue: boolean): void {
    if (this.refused.has(request.socket)) return;
    const reply = new NodeReply(response, isContinueDue);
    toOriginForm(request);
    if (hasOneHost(request)) {
      this.recorder.answer(new NodeRequest(request, reply), reply);
      return;
    }
    this.refused.add(request.socket);
    response.writeHead(400, { connection: 'close' }).end();
  }
}

/** @param cut where a second piece begins; 0: in one piece, -1: byte by byte. */
async function sendInPieces(socket: MemorySocket, text: string, cut: number): Promise<void> {
  if (cut < 0) {
    for (const byte of text) {
      socket.receive(byte);
      await nextTurn();
    }
    return;
  }
  if (cut > 0) {
    socket.receive(text.slice(0, cut));
    await settle();
  }
  socket.receive(text.slice(cut));
}

/** Long enough for all that the streams do in later turns. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await nextTurn();
}

/** The text with the broken line repaired that the parser has stopped in; `undefined` when there is none. */
function repairedWhereRefused(text: string, { bytesParsed }: ParserError): string | undefined {
  if (bytesParsed === undefined) return undefined;
  const lineStart = text.lastIndexOf('\n', bytesParsed - 1) + 1;
  const repaired = repairRequestStart(text.slice(lineStart));
  return repaired === undefined ? undefined : text.slice(0, lineStart) + repaired;
}

/**
 * The text with the first broken line repaired that the fast reader meets when each request comes in a packet of its own, with
 * the first two, and so on.
 */
function repairedAsRead(text: string): string[] {
  const texts: string[] = [];
  let read = '';
  let rest = text;
  for (;;) {
    const end = rest.indexOf('\r\n\r\n') + 4;
    if (end >= 4 && readRequestHead(rest.slice(0, end)) !== undefined) {
      read += rest.slice(0, end);
      rest = rest.slice(end);
      continue;
    }
    const repaired = repairRequestStart(rest);
    if (repaired === undefined) return texts;
    rest = repaired;
    texts.push(read + rest);
  }
}

/** Behind an answer that closes the connection, the edge reads no further, and Node may complain. */
function isSame(edge: Outcome, node: Outcome): boolean {
  const seen = edge.isClosing && !edge.isRefused ? node.seen.slice(0, edge.seen.length) : node.seen;
  if (!isDeepStrictEqual(edge.seen, seen)) return false;
  return edge.isClosing || (edge.isRefused === node.isRefused && edge.continues === node.continues);
}
