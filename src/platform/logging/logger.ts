import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Settings } from '../config/settings.js';
import { boundedError } from './bounded-error.js';
import { isPretty } from './log-format.js';
import { prettyLine } from './pretty-line.js';

/** Injection token of the one logger. */
export const LOGGER = Symbol('LOGGER');

/**
 * The logger of a process: lines of text or JSON on standard output (`LOG_FORMAT`). Secrets that could come with a logged
 * request are blanked.
 */
export function createLogger({ logLevel, logFormat }: Pick<Settings, 'logLevel' | 'logFormat'>): Logger {
  const options = {
    level: logLevel,
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
  };
  return isPretty(logFormat, process.stdout.isTTY) ? pino(options, prettyOutput(logLevel)) : pino(options);
}

function prettyOutput(logLevel: string): DestinationStream {
  const hasStacks = logLevel === 'debug' || logLevel === 'trace';
  const hasColours = process.stdout.isTTY && process.stdout.hasColors();
  return { write: (line) => void process.stdout.write(prettyLine(line, { hasStacks, hasColours })) };
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
