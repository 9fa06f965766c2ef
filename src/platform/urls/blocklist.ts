import { parseUrl } from './parse-url.js';

/** Hosts and URL prefixes to which no link may redirect. */
export class Blocklist {
  private readonly hosts = new Set<string>();
  /** Blocked beginnings of path and query, by host. */
  private readonly prefixes = new Map<string, string[]>();
  /** Numbers of the first lines that are not valid, from 1. */
  readonly badLines: number[] = [];
  /** Number of valid entries. */
  size = 0;

  /** @param text one host or URL prefix a line, `#` begins a comment. Lines of a hosts file (`0.0.0.0 bad.example`) are accepted. */
  constructor(text = '') {
    text.split(/\r\n|\n|\r/).forEach((line, i) => {
      const entry = line.replace(/(?:^|\s)#.*$/, '').trim();
      if (entry === '') return;
      if (this.add(entry.replace(/^(?:0\.0\.0\.0|127\.0\.0\.1|::1?)\s+/, ''))) this.size++;
      else if (this.badLines.length < MAX_BAD_LINES) this.badLines.push(i + 1);
    });
  }

  /** Whether the URL's host, a parent domain of it, or a prefix of the URL is listed. */
  has(url: URL): boolean {
    const { hostname } = url;
    for (let at = 0; at >= 0 && at < hostname.length; at = nextLabel(hostname, at)) {
      if (this.hosts.has(hostname.slice(at))) return true;
    }
    const path = plainPath(url);
    return (this.prefixes.get(hostname) ?? []).some((prefix) => path.startsWith(prefix));
  }

  private add(entry: string): boolean {
    const isUrl = /^https?:\/\//i.test(entry);
    const url = /\s/.test(entry) ? undefined : parseUrl(isUrl ? entry : `http://${entry}`);
    if (url === undefined) return false;
    const { hostname, pathname, search } = url;
    const host = hostname.replace(/^\*?\./, '');
    if (host === '') return false;
    if (pathname === '/' && search === '') this.hosts.add(host);
    else this.prefixes.set(host, [...(this.prefixes.get(host) ?? []), plainPath(url)]);
    return true;
  }
}

const MAX_BAD_LINES = 10;

/** Path and query with letters and digits decoded: `%6Cogin` is the same as `login` (RFC 3986, 6.2.2.2). */
function plainPath({ pathname, search }: URL): string {
  return (pathname + search).replaceAll(/%[0-9a-f]{2}/gi, (code) => {
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : code.toUpperCase();
  });
}

/** The offset after the next dot of the name; -1 after the last. */
function nextLabel(hostname: string, from: number): number {
  const dot = hostname.indexOf('.', from);
  return dot < 0 ? -1 : dot + 1;
}
