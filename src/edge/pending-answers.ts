import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The first answer that the connection is waiting for. */
function dueAnswer(socket: Socket): ServerResponse<IncomingMessage> | undefined {
  const { _httpMessage: message } = socket as Socket & { _httpMessage?: ServerResponse<IncomingMessage> | null };
  return message === undefined || message === null || message.writableFinished ? undefined : message;
}

/** Calls back when all complete requests of the connection are answered. Later input must not be answered before them. */
export function afterAnswers(socket: Socket, then: () => void): void {
  const due = dueAnswer(socket);
  if (due === undefined || !due.req.complete || socket.destroyed) then();
  else due.once('close', () => setImmediate(() => afterAnswers(socket, then)));
}

/**
 * Ends a connection without any progress for a long time, unless it waits for our answer. A client that reads slowly is
 * not affected: Node checks how much of a write the system has accepted.
 */
export function endIfStalled(socket: Socket): void {
  const due = dueAnswer(socket);
  const isReading = due !== undefined && socket.writableLength === 0;
  const hasSentAll = due !== undefined && (due.req.complete || due.req.readableLength > 0);
  if (!(isReading && hasSentAll)) socket.destroy();
}
