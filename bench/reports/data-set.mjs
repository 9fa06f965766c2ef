// The clicks and conversions of the part "reports", as Hopback stores them (click.schema.ts, conversion.schema.ts). Each chunk
// depends on its number alone, so several processes can make them, and they are the same in every run.
import { encodeBase62 } from '../../dist/platform/ids/base62.js';
import { Random, WeightedChoice } from './random.mjs';

export const CHUNK_CLICKS = 4_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How far clicks are moved, so that some hours of a day have several times the clicks of others. */
const WAVE_MS = 3 * HOUR_MS;
/** A player's conversions are a registration; for two players of five a first deposit; for one of them three deposits more. */
const CONVERSIONS_A_PLAYER = 2;

const SOURCES = 50;
const CAMPAIGNS_A_SOURCE = 100;
const CAMPAIGNS_A_LINK = 5;
/** From a link's first source to its others. */
const NEXT_SOURCES = [0, 3, 11];
const CITIES_A_COUNTRY = 40;
const REGIONS_A_COUNTRY = 12;
const NETWORKS_A_COUNTRY = 15;
const REFERRERS = 200;
const BOT_REASONS = ['user_agent', 'user_agent', 'prefetch', 'no_user_agent', 'head'];
const STATUSES = ['approved', 'pending', 'rejected'];
const COUNTRIES = (
  'US IN BR DE GB FR IT ES NL PL CA AU MX ID TR JP PH VN TH ZA NG EG AR CO CL PE RO CZ HU PT GR SE NO DK FI AT CH BE IE NZ ' +
  'MY SG KR TW AE SA IL KE MA PK BD LK KZ UA BG HR RS SK LT LV'
).split(' ');
/** [weight, device, operating system, browser, user agent] */
const DEVICES = [
  [34, 'mobile', 'Android', 'Chrome', 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/134.0.0.0 Mobile Safari/537.36'],
  [24, 'mobile', 'iOS', 'Safari', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 Version/18.3 Mobile Safari/604.1'],
  [16, 'desktop', 'Windows', 'Chrome', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/134.0.0.0 Safari/537.36'],
  [7, 'mobile', 'Android', 'Samsung Internet', 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36'],
  [6, 'desktop', 'macOS', 'Safari', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.3 Safari/605.1.15'],
  [5, 'desktop', 'Windows', 'Edge', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/134.0.0.0 Safari/537.36 Edg/134.0.0.0'],
  [4, 'tablet', 'iOS', 'Safari', 'Mozilla/5.0 (iPad; CPU OS 18_3 like Mac OS X) AppleWebKit/605.1.15 Version/18.3 Mobile Safari/604.1'],
  [4, 'desktop', 'Windows', 'Firefox', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:136.0) Gecko/20100101 Firefox/136.0'],
]; // prettier-ignore
const IN_APPS = ['Facebook', 'Instagram', 'TikTok', 'Telegram'];

/**
 * @typedef {object} DataSetPlan
 * @property {number} clicks
 * @property {number} conversions
 * @property {number} from milliseconds since 1970
 * @property {number} to
 * @property {string} workspaceId
 * @property {{id: string, number: number, networkId: string}[]} links the most clicked first
 */

/** The documents of a plan, chunk by chunk, in the order of time. */
export class DataSet {
  #links;
  #countries = WeightedChoice.zipf(COUNTRIES.length);
  #cities = WeightedChoice.zipf(CITIES_A_COUNTRY);
  #providers = WeightedChoice.zipf(NETWORKS_A_COUNTRY);
  #sourceOfLink = new WeightedChoice([6, 3, 1]);
  #campaigns = WeightedChoice.zipf(CAMPAIGNS_A_LINK);
  #devices = new WeightedChoice(DEVICES.map(([weight]) => weight));
  #referrers = WeightedChoice.zipf(REFERRERS);
  #statuses = new WeightedChoice([60, 25, 15]);
  #networkIds;

  /** @param {DataSetPlan} plan */
  constructor(plan) {
    this.plan = plan;
    this.#links = WeightedChoice.zipf(plan.links.length);
    this.#networkIds = new Map(plan.links.map(({ id, networkId }) => [id, networkId]));
  }

  get chunks() {
    return Math.ceil(this.plan.clicks / CHUNK_CLICKS);
  }

  /** @returns {{clicks: object[], conversions: object[]}} */
  chunk(number) {
    const { clicks: total, conversions: totalConversions } = this.plan;
    const random = new Random(number);
    const players = totalConversions / CONVERSIONS_A_PLAYER;
    const clicks = [];
    const conversions = [];
    const end = Math.min(total, (number + 1) * CHUNK_CLICKS);
    for (let i = number * CHUNK_CLICKS; i < end; i++) {
      // Players are spread evenly over the clicks.
      const player = Math.floor(((i + 1) * players) / total);
      const isConverted = player > Math.floor((i * players) / total);
      const click = this.#click(i, random, isConverted);
      clicks.push(click);
      if (isConverted) conversions.push(...this.#conversionsOf(player, click, random));
    }
    return { clicks, conversions };
  }

  #click(index, random, isHuman) {
    const place = this.#links.pick(random);
    const link = this.plan.links[place];
    const at = this.#timeOf(index + random.fraction());
    const country = COUNTRIES[this.#countries.pick(random)];
    const city = this.#cities.pick(random);
    const [, device, os, browser, userAgent] = DEVICES[this.#devices.pick(random)];
    const isBot = !isHuman && random.isWithin(0.08);
    const subs = this.#subIds(place, random);
    const referrerHost = random.isWithin(0.4) ? `site-${this.#referrers.pick(random)}.example` : undefined;
    return {
      _id: encodeBase62(link.number, 6) + encodeBase62(at, 7) + random.text(18),
      workspaceId: this.plan.workspaceId,
      linkId: link.id,
      at: new Date(at),
      userAgent,
      language: LANGUAGES[country] ?? 'en',
      referrer: referrerHost && `https://${referrerHost}/`,
      referrerHost,
      query: [
        ...Object.entries(subs).map(([name, value]) => ({ name, value })),
        { name: 'utm_source', value: subs.sub1 },
      ],
      subs,
      country,
      region: `Region ${city % REGIONS_A_COUNTRY}`,
      city: `City ${city}`,
      asn: 1_000 + COUNTRIES.indexOf(country) * NETWORKS_A_COUNTRY + this.#providers.pick(random),
      device,
      os,
      browser,
      inApp: device === 'mobile' && random.isWithin(0.2) ? IN_APPS[random.below(IN_APPS.length)] : undefined,
      botReason: isBot ? BOT_REASONS[random.below(BOT_REASONS.length)] : undefined,
      visitorKey: random.text(22),
      isUnique: !isBot && random.isWithin(0.65), // 60 % of all clicks
    };
  }

  /** Each link has its own sources, and its own campaigns of each. Half of the sources send ids of their clicks. */
  #subIds(place, random) {
    const source = (place * 7 + NEXT_SOURCES[this.#sourceOfLink.pick(random)]) % SOURCES;
    const first = Math.imul(place + 1, 0x9e3779b1) >>> 8;
    const campaign = source * CAMPAIGNS_A_SOURCE + ((first + this.#campaigns.pick(random)) % CAMPAIGNS_A_SOURCE);
    const subs = { sub1: `source-${source}`, sub2: `campaign-${campaign}` };
    return source % 2 === 0 ? { ...subs, sub3: random.text(22) } : subs;
  }

  #timeOf(index) {
    const { clicks, from, to } = this.plan;
    const sinceBegin = ((to - from) * index) / clicks;
    return Math.floor(from + sinceBegin - WAVE_MS * Math.sin((2 * Math.PI * sinceBegin) / DAY_MS));
  }

  #conversionsOf(player, click, random) {
    const conversions = [this.#conversion('registration', click, { player, sequence: 0, random })];
    if (player % 5 < 2) conversions.push(this.#conversion('ftd', click, { player, sequence: 1, random }));
    if (player % 5 === 0) {
      for (let sequence = 2; sequence < 5; sequence++) {
        conversions.push(this.#conversion('deposit', click, { player, sequence, random }));
      }
    }
    return conversions;
  }

  #conversion(eventType, click, { player, sequence, random }) {
    const { plan } = this;
    const passed = (sequence + random.fraction()) ** 2 * HOUR_MS;
    const at = new Date(Math.min(Math.floor(click.at.getTime() + passed), plan.to - 1));
    const txid = `T-${player}-${sequence}`;
    const status = STATUSES[this.#statuses.pick(random)];
    const payout =
      eventType === 'registration'
        ? null
        : { amount: `${5 + random.below(120)}.${10 + random.below(90)}`, currency: 'USD' };
    const origin = 'postback';
    return {
      _id: `cnv_${encodeBase62(at.getTime(), 7)}0${random.text(12)}`,
      workspaceId: plan.workspaceId,
      networkId: this.#networkIds.get(click.linkId),
      linkId: click.linkId,
      clickId: click._id,
      eventType,
      dedupeKey: `txid:${eventType}:${txid}`,
      txid,
      status,
      statusAt: at,
      networkStatus: null,
      statusOrigin: origin,
      playerId: `P-${player}`,
      payout,
      revenue: payout,
      payoutAt: payout && at,
      payoutOrigin: payout && origin,
      payoutStatus: payout && status,
      isFtd: eventType === 'ftd',
      clickedAt: click.at,
      convertedAt: at,
      history: [{ at, status, networkStatus: null, payout, origin, sourceId: `pbk_${random.text(20)}`, note: null }],
      flags: [],
      clickVersion: sequence,
      facts: factsOf(click),
      createdAt: at,
      updatedAt: at,
    };
  }
}

const LANGUAGES = {
  DE: 'de',
  AT: 'de',
  CH: 'de',
  BR: 'pt',
  PT: 'pt',
  FR: 'fr',
  IT: 'it',
  ES: 'es',
  MX: 'es',
  PL: 'pl',
};

function factsOf(click) {
  const { country, region, city, asn, device, os, browser, inApp, language, referrerHost, subs } = click;
  const referrer = referrerHost ?? null;
  return { country, region, city, asn, device, os, browser, inApp, language, referrer, source: subs.sub1, subs };
}
