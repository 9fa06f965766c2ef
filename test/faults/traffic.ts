import type { App } from './app.js';
import type { Random } from './random.js';

const VISITORS = 150;
const LINKS_AT_ONCE = 8;

const BROWSERS = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
];
const BOTS = [
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
];

/** A link of the run. */
export interface KnownLink {
  id: string;
  slug: string;
}

/** One click to be made. */
export interface Click {
  /** The HTTP request. */
  text: string;
  /** Index of the link. */
  link: number;
  /** Number of the person. */
  visitor: number;
  kind: 'person' | 'bot' | 'head';
}

/** The requests of a run: many people on many links, a few bots, and a few HEAD requests. */
export class Traffic {
  private constructor(
    readonly links: readonly KnownLink[],
    private readonly host: string,
    private readonly random: Random,
  ) {}

  /** Makes the links. */
  static async on(app: App, count: number, random: Random): Promise<Traffic> {
    const links: KnownLink[] = [];
    let begun = 0;
    const worker = async (): Promise<void> => {
      while (begun < count) {
        const number = begun++;
        const url = `https://shop.example/lp/${number}${number % 2 === 0 ? '?source={sub1}' : ''}`;
        const { status, body } = await app.api<KnownLink>('POST', '/links', { url });
        if (status !== 201) throw new Error(`no link: ${status} ${JSON.stringify(body)}`);
        links.push({ id: body.id, slug: body.slug });
      }
    };
    await Promise.all(Array.from({ length: LINKS_AT_ONCE }, worker));
    return new Traffic(links, app.host, random);
  }

  next(): Click {
    const link = this.random.below(this.links.length);
    const visitor = this.random.below(VISITORS);
    const dice = this.random.next();
    const kind = dice < 0.9 ? 'person' : dice < 0.95 ? 'bot' : 'head';
    const userAgent = kind === 'bot' ? this.random.pick(BOTS) : BROWSERS[visitor % BROWSERS.length];
    const query = visitor % 3 === 0 ? `?sub1=source-${visitor}` : '';
    const text = [
      `${kind === 'head' ? 'HEAD' : 'GET'} /${this.links[link]?.slug}${query} HTTP/1.1`,
      `Host: ${this.host}`,
      `User-Agent: ${userAgent}`,
      `X-Forwarded-For: ${addressOf(visitor)}`,
      'Accept-Language: de-DE,de;q=0.9,en;q=0.8',
      'Referer: https://news.example/',
      '\r\n',
    ].join('\r\n');
    return { text, link, visitor, kind };
  }
}

/** Addresses in different networks, from the range for benchmarks (RFC 2544). */
function addressOf(visitor: number): string {
  return `198.${18 + Math.floor(visitor / 256)}.${visitor % 256}.7`;
}
