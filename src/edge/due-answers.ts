import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The first answer that the connection is waiting for. */
function dueAnswer(socket: Socket): ServerResponse<IncomingMessage> | undefined {
  const { _httpMessage: message } = socket as Socket & { _httpMessage?: ServerResponse<IncomingMessage> | null };
  return message === undefined || message === null || message.writableFinished ? undefined : message;
}

/** Calls back when all whole requests of the connection are answered: what came behind them must not be answered before. */
export function afterAnswers(socket: Socket, then: () => void): void {
  const due = dueAnswer(socket);
  if (due === undefined || !due.req.complete || socket.destroyed) then();
  else due.once('close', () => setImmediate(() => afterAnswers(socket, then)));
}

/**
 * Ends a connection on which nothing has moved for long, unless it waits for our answer, which may take its time. A client
 * that reads slowly is not affected: Node looks at how much of a write the system has taken.
 */
export function endIfStalled(socket: Socket): void {
  const due = dueAnswer(socket);
  const isReading = due !== undefined && socket.writableLength === 0;
  const hasSentAll = due !== undefined && (due.req.complete || due.req.readableLength > 0);
  if (!(isReading && hasSentAll)) socket.destroy();
}
