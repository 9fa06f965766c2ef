/** Why an outgoing request was refused or has failed. */
export type OutboundErrorCode =
  | 'url_invalid'
  | 'scheme_not_allowed'
  | 'userinfo_not_allowed'
  | 'port_not_allowed'
  | 'address_not_allowed'
  | 'header_not_allowed'
  | 'too_many_redirects'
  | 'dns_error'
  | 'connect_error'
  | 'tls_error'
  | 'timeout'
  | 'headers_too_large'
  | 'answer_invalid';

/** Codes of requests that were refused before anything was sent. */
const REFUSALS = new Set<OutboundErrorCode>([
  'url_invalid',
  'scheme_not_allowed',
  'userinfo_not_allowed',
  'port_not_allowed',
  'address_not_allowed',
  'header_not_allowed',
]);

/** An outgoing request that failed. The message may be shown to the caller. */
export class OutboundError extends Error {
  constructor(
    readonly code: OutboundErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'OutboundError';
  }

  /** Whether the request was refused, so that retrying does not help. */
  get isRefusal(): boolean {
    return REFUSALS.has(this.code);
  }
}

const TIMEOUTS = /^(?:UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT|ETIMEDOUT|ECONNABORTED)$/;
const TLS = /^(?:ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|ERR_OSSL)/;

/** Converts errors of undici, sockets and TLS. */
export function toOutboundError(error: unknown): OutboundError {
  if (error instanceof OutboundError) return error;
  const { name, code = '', message } = error as Error & { code?: unknown };
  const text = String(code);
  if (name === 'TimeoutError' || name === 'AbortError' || TIMEOUTS.test(text)) return timedOut(error);
  if (text === 'UND_ERR_HEADERS_OVERFLOW' || text === 'HPE_HEADER_OVERFLOW') {
    return new OutboundError('headers_too_large', 'the headers of the answer are too large', { cause: error });
  }
  if (text === 'UND_ERR_INVALID_ARG') return new OutboundError('header_not_allowed', message, { cause: error });
  if (TLS.test(text)) return new OutboundError('tls_error', message, { cause: error });
  if (name === 'HTTPParserError')
    return new OutboundError('answer_invalid', 'the answer is not HTTP', { cause: error });
  return new OutboundError('connect_error', innermost(error), { cause: error });
}

export function timedOut(cause?: unknown): OutboundError {
  return new OutboundError('timeout', 'there was no answer in time', { cause });
}

/** The text of an error. When several addresses were tried, it combines their errors. */
function innermost(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(innermost).join('; ') || error.message;
  return error instanceof Error ? error.message : String(error);
}
