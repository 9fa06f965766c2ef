import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/**
 * An `AbortSignal` that is aborted when the client disconnects before it has its answer. The system tells a closed connection
 * and one whose client only sends no more apart when something is written, so both count. Only for answers that cost much.
 */
export const ClientSignal = createParamDecorator((_: unknown, context: ExecutionContext): AbortSignal => {
  const { raw } = context.switchToHttp().getResponse<FastifyReply>();
  const { socket } = raw;
  const gone = new AbortController();
  const abort = (): void => gone.abort();
  // While the request was being admitted, the events may have come and gone.
  if (raw.destroyed || socket?.readableEnded) abort();
  socket?.once('end', abort);
  raw.once('close', () => {
    socket?.off('end', abort);
    if (!raw.writableFinished) abort();
  });
  return gone.signal;
});
