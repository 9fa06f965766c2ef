import type { IncomingHttpHeaders } from 'node:http';

/** A proxy adds these to a request that it passes on. */
const FORWARDING_HEADERS = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'];

/** Whether a proxy has forwarded the request: the socket's address is then the proxy's. */
export function isForwarded(headers: IncomingHttpHeaders): boolean {
  return FORWARDING_HEADERS.some((name) => headers[name] !== undefined);
}
