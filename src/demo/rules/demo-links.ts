import type { DemoNetworkKey } from './demo-networks.js';

/** A made-up link. */
export interface DemoLink {
  /** By which it is found again when the filling is resumed. */
  externalId: string;
  slug: string;
  title: string;
  campaign: string;
  tags: string[];
  url: string;
  network: DemoNetworkKey;
  /** Its share of the clicks. */
  weight: number;
  /** Cost of a click in EUR. */
  cost: string | null;
  /** Days after the beginning of the data on which it was created. */
  createdOnDay: number;
}

type Row = readonly [slug: string, title: string, network: DemoNetworkKey, weight: number, cost: string | null];

const CAMPAIGNS: readonly (readonly [campaign: string, tag: string, rows: readonly Row[]])[] = [
  [
    'Summer',
    'push',
    [
      ['summer-push', 'Summer push, Malta', 'orchid', 30, '0.06'],
      ['summer-native', 'Summer native', 'orchid', 14, '0.08'],
      ['summer-mail', 'Summer newsletter', 'orchid', 9, null],
      ['summer-banner', 'Summer banner', 'bluebird', 12, '0.05'],
      ['summer-story', 'Summer story', 'bluebird', 8, null],
      ['summer-qr', 'Summer poster', 'tidewater', 3, null],
    ],
  ],
  [
    'Reviews',
    'seo',
    [
      ['mt-reviews', 'Reviews, Malta', 'orchid', 12, null],
      ['de-reviews', 'Reviews, Germany', 'bluebird', 16, null],
      ['fi-reviews', 'Reviews, Finland', 'meridian', 13, null],
      ['se-reviews', 'Reviews, Sweden', 'tidewater', 9, null],
      ['at-reviews', 'Reviews, Austria', 'meridian', 7, null],
      ['no-reviews', 'Reviews, Norway', 'tidewater', 6, null],
      ['top-ten', 'Top ten', 'tracker', 10, null],
      ['new-brands', 'New brands', 'bluebird', 6, null],
    ],
  ],
  [
    'Cashback',
    'cashback',
    [
      ['cashback-fi', 'Cashback, Finland', 'meridian', 11, '0.04'],
      ['cashback-de', 'Cashback, Germany', 'meridian', 9, '0.04'],
      ['cashback-se', 'Cashback, Sweden', 'tidewater', 6, '0.04'],
      ['cashback-vip', 'Cashback, regulars', 'tracker', 4, null],
      ['weekend-back', 'Weekend cashback', 'bluebird', 7, '0.05'],
    ],
  ],
  [
    'Spins',
    'spins',
    [
      ['free-spins', 'Free spins', 'meridian', 18, '0.05'],
      ['spins-50', '50 spins', 'orchid', 10, '0.05'],
      ['spins-100', '100 spins', 'bluebird', 9, '0.06'],
      ['spins-daily', 'Daily spins', 'tidewater', 5, null],
      ['spins-mail', 'Spins by mail', 'tracker', 5, null],
      ['spins-friday', 'Friday spins', 'orchid', 4, null],
    ],
  ],
  [
    'VIP',
    'vip',
    [
      ['vip-de', 'VIP, Germany', 'orchid', 6, null],
      ['vip-fi', 'VIP, Finland', 'meridian', 4, null],
      ['vip-call', 'VIP by phone', 'tracker', 2, null],
      ['high-roller', 'High roller', 'orchid', 3, null],
    ],
  ],
  [
    'Influencers',
    'social',
    [
      ['stream-night', 'Stream night', 'bluebird', 11, '0.09'],
      ['stream-bio', 'Link in the bio', 'tidewater', 8, null],
      ['channel-pin', 'Pinned in the channel', 'tracker', 9, null],
      ['podcast', 'Podcast', 'orchid', 3, null],
      ['short-clip', 'Short clip', 'meridian', 7, null],
    ],
  ],
  [
    'Sports',
    'sports',
    [
      ['derby', 'Derby weekend', 'tracker', 8, '0.07'],
      ['live-odds', 'Live odds', 'tracker', 7, '0.07'],
      ['tennis-open', 'Tennis', 'tidewater', 4, null],
      ['hockey-cup', 'Hockey cup', 'meridian', 5, null],
    ],
  ],
];

const OFFER_HOSTS: Readonly<Record<DemoNetworkKey, string>> = {
  orchid: 'orchid.example',
  bluebird: 'bluebird.example',
  meridian: 'meridian.example',
  tidewater: 'tidewater.example',
  tracker: 'offers.example',
};

/** Every link waits this long for the next one, until half of the time is over. */
const DAYS_BETWEEN = 1.2;

/** The links of a demo workspace, in the order of their creation. */
export const DEMO_LINKS: readonly DemoLink[] = CAMPAIGNS.flatMap(([campaign, tag, rows]) =>
  rows.map(([slug, title, network, weight, cost]) => ({
    slug,
    title,
    campaign,
    network,
    weight,
    cost,
    tags: cost === null ? [tag] : [tag, 'paid'],
    url: `https://${OFFER_HOSTS[network]}/lp/${slug}?s={sub1}`,
  })),
).map((link, i) => ({
  ...link,
  externalId: `demo-${String(i + 1).padStart(2, '0')}`,
  createdOnDay: Math.floor(i * DAYS_BETWEEN),
}));
