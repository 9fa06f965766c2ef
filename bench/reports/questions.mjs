// The questions of the part "reports".

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
export const DAYS = 90;
/** By this, periods of the same question differ, so that no answer is a stored one. */
const SHIFT_MS = 37 * MINUTE_MS;
const DEVICES = ['mobile', 'desktop'];
const COUNTRIES = ['US', 'IN', 'BR', 'DE'];
const TIMEZONE = 'Europe/Berlin';

/**
 * @typedef {object} Question
 * @property {string} name
 * @property {number} goal milliseconds of the 95th percentile
 * @property {(turn: number) => Record<string, string>} parametersOf
 */

/** @param {number} end of the data, milliseconds since 1970 @returns {Question[]} */
export function questionsUntil(end) {
  const asked = (name, goal, parametersOf) => ({
    name,
    goal,
    parametersOf: (turn) => ({ timezone: TIMEZONE, ...lastDays(end, DAYS, turn), ...parametersOf(turn) }),
  });
  const by = (goal, ...groupBy) => asked(`by ${groupBy.join(' × ')}`, goal, () => ({ groupBy: groupBy.join(',') }));
  return [
    asked('totals', 100, () => ({})),
    ...['country', 'link', 'sub1', 'day', 'domain', 'tag'].map((dimension) => by(100, dimension)),
    by(250, 'link', 'country'),
    by(250, 'sub1', 'sub2'),
    by(250, 'day', 'country'),
    asked('by link × sub1 × country of a device, 30 days, compared', 600, (turn) => ({
      ...lastDays(end, 30, turn),
      groupBy: 'link,sub1,country',
      device: DEVICES[turn % DEVICES.length],
      compare: 'previous',
    })),
    asked('by sub1 × sub2 × city of a country, 30 days, compared', 600, (turn) => ({
      ...lastDays(end, 30, turn),
      groupBy: 'sub1,sub2,city',
      country: COUNTRIES[turn % COUNTRIES.length],
      compare: 'previous',
    })),
  ];
}

/** The questions of an overview page, which are asked at once. */
export function overviewUntil(end, days, turn) {
  const whole = { timezone: TIMEZONE, ...lastDays(end, days, turn) };
  const day = { timezone: TIMEZONE, ...lastDays(end, 1, turn) };
  return [
    { ...whole, compare: 'previous' },
    { ...day, groupBy: 'hour', metrics: 'humanClicks,registrations,ftds,revenue' },
    ...['link', 'country', 'source', 'device'].map((groupBy) => ({ ...whole, groupBy, limit: '10' })),
    { ...whole, metrics: 'humanClicks,registrations,ftds,deposits,regToFtd,crFtd' },
    { ...whole, groupBy: 'network', metrics: 'conversions,approved,pending,rejected,revenue', sort: '-conversions' },
  ];
}

/** @returns a period whose begin differs in each turn */
function lastDays(end, days, turn) {
  return { from: toTime(end - days * DAY_MS + turn * SHIFT_MS), to: toTime(end) };
}

function toTime(ms) {
  return new Date(ms).toISOString();
}
