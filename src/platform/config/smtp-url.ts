import { domainToASCII } from 'node:url';
import { isPrivateHost } from '../urls/hosts.js';
import { parseUrl } from '../urls/parse-url.js';

const SUBMISSION_PORT = 587;
const SMTPS_PORT = 465;
const SHAPE = 'smtp://user:password@host:587 or smtps://user:password@host:465';

/** The server that takes the mails of this instance. */
export interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the first byte (`smtps`); otherwise the connection begins in plain text and changes to TLS by STARTTLS. */
  hasTlsFromStart: boolean;
  /** Whether mails may leave only by TLS. False for hosts of a private network, where TLS is used if it is offered. */
  needsTls: boolean;
  credentials: { user: string; password: string } | undefined;
}

/** The sender of mails. */
export interface Mailbox {
  name: string;
  address: string;
}

/**
 * Reads `SMTP_URL`. Options of the URL are refused: a mail library would take them as settings, such as "log everything".
 * @throws Error that says what is wrong. Its message never has the URL, because that holds a password.
 */
export function parseSmtpUrl(text: string): SmtpServer {
  const url = parseUrl(text);
  if (url === undefined) {
    throw new Error(`it is not a URL such as ${SHAPE}; write special characters of the password as %XX`);
  }
  const hasTlsFromStart = url.protocol === 'smtps:';
  if (!hasTlsFromStart && url.protocol !== 'smtp:') throw new Error('it must begin with smtp:// or smtps://');
  if (!['', '/'].includes(url.pathname) || url.search !== '' || url.hash !== '') {
    throw new Error(`it must end after the port, as in ${SHAPE}; write / ? # in the password as %2F %3F %23`);
  }
  const host = hostOf(url);
  if (host === '') throw new Error(`it has no valid host; write e.g. ${SHAPE}`);
  const needsTls = !hasTlsFromStart && !isPrivateHost(host);
  const port = Number(url.port) || (hasTlsFromStart ? SMTPS_PORT : SUBMISSION_PORT);
  return { host, port, hasTlsFromStart, needsTls, credentials: credentialsOf(url) };
}

/** URL parsers leave the host of other schemes than http as written: percent-encoded, in any case. */
function hostOf({ hostname }: URL): string {
  if (hostname.startsWith('[')) return hostname.slice(1, -1);
  return domainToASCII(decode(hostname, 'host'));
}

function credentialsOf(url: URL): SmtpServer['credentials'] {
  if (url.username === '' && url.password === '') return undefined;
  if (url.username === '' || url.password === '') throw new Error('it needs a user name and a password, or neither');
  return { user: decode(url.username, 'user name'), password: decode(url.password, 'password') };
}

function decode(text: string, part: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error(`its ${part} has a % that begins no percent-encoded character; write % as %25`);
  }
}
