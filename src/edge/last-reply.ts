import type { Socket } from 'node:net';
import { type EdgeHeaders, type EdgeReply, formatHead, toByteText } from './edge-reply.js';

/** Answers on a connection that Node's parser no longer reads, and closes it. */
export class LastReply implements EdgeReply {
  constructor(
    private readonly socket: Socket,
    private readonly isHead: boolean,
  ) {}

  send(status: number, headers: EdgeHeaders, body = ''): void {
    const { socket } = this;
    if (!socket.writable) return;
    const bytes = toByteText(body);
    const head = formatHead(status, headers, bytes.length);
    socket.write(`${head}Connection: close\r\n\r\n${this.isHead ? '' : bytes}`, 'latin1');
    socket.destroySoon();
  }
}
