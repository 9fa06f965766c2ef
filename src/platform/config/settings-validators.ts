import { parseUrl } from '../urls/parse-url.js';
import { statSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { makeValidator } from 'envalid';
import { parseIpRange } from '../net/ip-range.js';
import { parseEmailAddress } from '../text/email-address.js';
import { isNeverAllowed } from '../urls/url-rules.js';
import { type Mailbox, parseSmtpUrl, type SmtpServer } from './smtp-url.js';

/** `10.0.0.0/8, 2001:db8::1` → each entry checked; an address alone stands for itself. */
export const cidrList = makeValidator<string[]>((input) =>
  splitList(input).map((entry) => {
    if (parseIpRange(entry) === undefined)
      throw new Error(`"${entry}" is not an IP address or CIDR; write e.g. 10.0.0.0/8,192.168.1.5`);
    return entry;
  }),
);

/** `1.1.1.1:53,[::1]:5353` → as written; each must be an IP address with a port. */
export const dnsServerList = makeValidator<string[]>((input) =>
  splitList(input).map((entry) => {
    const { host, port } = splitHostPort(entry);
    if (!isIP(host) || port === undefined) throw new Error(`"${entry}" is not ip:port; write e.g. 1.1.1.1:53`);
    return entry;
  }),
);

/** `127.0.0.1:8080,internal.example:443` → as written; each must be a host with a port. */
export const hostPortList = makeValidator<string[]>((input) =>
  splitList(input).map((entry) => {
    const { host, port } = splitHostPort(entry);
    if (!host || port === undefined) throw new Error(`"${entry}" is not host:port; write e.g. 10.0.0.5:8080`);
    return entry;
  }),
);

/** `myapp,tg` → lower case, without colons; `none` → none. Schemes that run code or read files are refused. */
export const schemeList = makeValidator<string[]>((input) =>
  (input.trim().toLowerCase() === 'none' ? [] : splitList(input)).map((entry) => {
    const scheme = entry.replace(/:(?:\/\/)?$/, '').toLowerCase();
    if (!/^[a-z][a-z0-9+.-]{0,30}$/.test(scheme)) throw new Error(`"${entry}" is not a scheme; write e.g. myapp,tg`);
    if (isNeverAllowed(`${scheme}:`)) throw new Error(`"${scheme}" is never allowed, as it can do harm`);
    return scheme;
  }),
);

/** An http(s) URL without path, query or credentials; given back without a trailing slash. */
export const origin = makeValidator<string>((input) => {
  const url = parseUrl(input);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Error(`"${input}" is not an http(s) URL; write e.g. https://go.example.com`);
  }
  if (url.pathname !== '/' || url.search || url.hash || url.username) {
    throw new Error(`"${input}" must be scheme, host and port only; write e.g. ${url.protocol}//${url.host}`);
  }
  return url.origin;
});

/** A URL whose scheme is one of those given; returned as written. */
export function urlWithScheme(...schemes: string[]): ReturnType<typeof makeValidator<string>> {
  return makeValidator<string>((input) => {
    if (!schemes.some((scheme) => input.startsWith(`${scheme}://`) && input.length > scheme.length + 3)) {
      throw new Error(`it must begin with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`);
    }
    return input;
  });
}

/** `smtp://user:password@host:587` → its parts. Errors do not show the value. */
export const smtpUrl = makeValidator<SmtpServer>((input) => parseSmtpUrl(input));

/** `Hopback <links@brand.com>` or `links@brand.com` → name and address. */
export const mailbox = makeValidator<Mailbox>((input) => {
  const parts = /^\s*(?:"([^"<>\\]*)"|([^"<>\\]*))\s*<([^<>]*)>\s*$/.exec(input);
  const name = (parts?.[1] ?? parts?.[2] ?? '').trim();
  const address = parseEmailAddress((parts?.[3] ?? input).trim());
  if (address === undefined || /\p{C}/u.test(name)) {
    throw new Error(`"${input}" is not one e-mail address; write e.g. Hopback <links@example.com>`);
  }
  return { name, address };
});

/** A folder; given back as an absolute path. */
export const folder = makeValidator<string>((input) => resolve(input));

/** A file that can be read; given back as an absolute path. */
export const file = makeValidator<string>((input) => {
  const path = resolve(input);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new Error(`there is no file ${path}`);
  return path;
});

/** A whole number within bounds. */
export function wholeNumber({ from, to }: { from: number; to: number }): ReturnType<typeof makeValidator<number>> {
  return makeValidator<number>((input) => {
    const number = Number(input);
    if (!/^\d+$/.test(String(input)) || number < from || number > to) {
      throw new Error(`"${input}" is not a whole number from ${from} to ${to}`);
    }
    return number;
  });
}

/** Text of `length` to 256 characters without spaces or control characters. */
export function secretOfAtLeast(length: number): ReturnType<typeof makeValidator<string>> {
  return makeValidator<string>((input) => {
    if (input.length < length) throw new Error(`it must have ${length} characters or more (it has ${input.length})`);
    if (input.length > 256) throw new Error(`it may have 256 characters at most (it has ${input.length})`);
    if (/[^\x21-\x7e]/.test(input)) throw new Error('it may hold visible ASCII characters only, no spaces');
    return input;
  });
}

/** A whole number from 0 to 65535; 0 lets the system choose a free port. */
export const portNumber = makeValidator<number>((input) => {
  const port = Number(input);
  if (!/^\d+$/.test(String(input)) || port > 65_535) throw new Error(`"${input}" is not a port; write e.g. 3000`);
  return port;
});

function splitList(input: string): string[] {
  return input
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function splitHostPort(entry: string): { host: string; port: number | undefined } {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(entry);
  const port = match ? Number(match[3]) : undefined;
  return { host: match?.[1] ?? match?.[2] ?? '', port: port !== undefined && port <= 65_535 ? port : undefined };
}
