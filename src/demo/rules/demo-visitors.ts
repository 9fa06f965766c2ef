import type { SeededRandom, Weighted } from './seeded-random.js';

/** The facts of a made-up visitor that clicks store. */
export interface DemoVisitor {
  country: string;
  city: string;
  language: string;
  device: string;
  os: string;
  browser: string;
  userAgent: string;
  referrerHost: string | undefined;
  sub1: string;
  sub2: string;
}

interface Place {
  country: string;
  city: string;
  language: string;
}

type Client = Pick<DemoVisitor, 'device' | 'os' | 'browser' | 'userAgent'>;

const PLACES: Weighted<Place> = [
  [{ country: 'DE', city: 'Berlin', language: 'de' }, 16],
  [{ country: 'DE', city: 'Hamburg', language: 'de' }, 9],
  [{ country: 'FI', city: 'Helsinki', language: 'fi' }, 15],
  [{ country: 'FI', city: 'Tampere', language: 'fi' }, 5],
  [{ country: 'MT', city: 'Valletta', language: 'en' }, 11],
  [{ country: 'SE', city: 'Stockholm', language: 'sv' }, 10],
  [{ country: 'AT', city: 'Vienna', language: 'de' }, 8],
  [{ country: 'NO', city: 'Oslo', language: 'nb' }, 7],
  [{ country: 'CA', city: 'Toronto', language: 'en' }, 6],
  [{ country: 'NZ', city: 'Auckland', language: 'en' }, 4],
  [{ country: 'CH', city: 'Zurich', language: 'de' }, 4],
  [{ country: 'IE', city: 'Dublin', language: 'en' }, 3],
  [{ country: 'PL', city: 'Warsaw', language: 'pl' }, 2],
];

const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0';
const SAFARI = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5';

const CLIENTS: Weighted<Client> = [
  [
    {
      device: 'mobile',
      os: 'Android',
      browser: 'Chrome',
      userAgent: `Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Mobile Safari/537.36`,
    },
    38,
  ],
  [
    {
      device: 'mobile',
      os: 'iOS',
      browser: 'Safari',
      userAgent: `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${SAFARI} Mobile/15E148 Safari/604.1`,
    },
    29,
  ],
  [
    {
      device: 'desktop',
      os: 'Windows',
      browser: 'Chrome',
      userAgent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36`,
    },
    18,
  ],
  [
    {
      device: 'desktop',
      os: 'macOS',
      browser: 'Safari',
      userAgent: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${SAFARI} Safari/605.1.15`,
    },
    8,
  ],
  [
    {
      device: 'desktop',
      os: 'Windows',
      browser: 'Firefox',
      userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:141.0) Gecko/20100101 Firefox/141.0',
    },
    4,
  ],
  [
    {
      device: 'tablet',
      os: 'iOS',
      browser: 'Safari',
      userAgent: `Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) ${SAFARI} Mobile/15E148 Safari/604.1`,
    },
    3,
  ],
];

const REFERRERS: Weighted<string | undefined> = [
  [undefined, 45],
  ['search.example', 25],
  ['video.example', 12],
  ['forum.example', 10],
  ['mail.example', 8],
];
const SOURCES: Weighted<string> = [
  ['push-04', 24],
  ['push-11', 15],
  ['native-a', 13],
  ['newsletter', 11],
  ['site-footer', 10],
  ['video-17', 9],
  ['chat-pin', 7],
  ['partner-9', 6],
  ['test-zone', 5],
];
const CREATIVES: Weighted<string> = [
  ['blue-1', 30],
  ['blue-2', 24],
  ['gold-1', 20],
  ['gold-3', 15],
  ['text', 11],
];

export function makeVisitor(random: SeededRandom): DemoVisitor {
  return {
    ...random.pick(PLACES),
    ...random.pick(CLIENTS),
    referrerHost: random.pick(REFERRERS),
    sub1: random.pick(SOURCES),
    sub2: random.pick(CREATIVES),
  };
}
