import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';
import { boundedError } from './bounded-error.js';

/** Injection token of the one logger. */
export const LOGGER = Symbol('LOGGER');

/** JSON lines on standard output. Secrets that could come with a logged request are blanked. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: boundedError },
    redact: {
      paths: [
        '*.headers.authorization',
        '*.headers.cookie',
        'headers.authorization',
        'headers.cookie',
        'apiKey',
        '*.apiKey',
      ],
      censor: '***',
    },
  });
}

/** Nest's own messages through our logger; its boot chatter only at debug. */
export function nestLogger(logger: Logger): LoggerService {
  const write =
    (level: 'debug' | 'warn' | 'error' | 'trace') =>
    (message: unknown, ...rest: unknown[]): void => {
      logger[level]({ context: rest.at(-1) }, String(message));
    };
  return {
    log: write('debug'),
    debug: write('trace'),
    verbose: write('trace'),
    warn: write('warn'),
    error: write('error'),
    fatal: write('error'),
  };
}
