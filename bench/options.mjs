// Reads the options of the command line.
import { parseArgs } from 'node:util';
import { SERVERS } from './servers/names.mjs';

const USUAL_PARTS = ['redirect', 'latency', 'memory', 'shipper', 'durability', 'workers', 'postbacks', 'restart'];
/** Parts that take long are only run when they are named. */
const LONG_PARTS = ['reports', 'dashboard'];
export const PARTS = [...USUAL_PARTS, ...LONG_PARTS];

/** A default may depend on the part: then the option has a value for each of its parts. */
const NUMBERS = {
  rounds: { default: 5, least: 1, most: 50, help: 'rounds of each comparison; the figures are their medians' },
  seconds: { default: 3, least: 1, most: 60, help: 'seconds of load on a server in a round' },
  connections: { default: 64, least: 1, most: 512, help: 'connections that the load keeps open' },
  load: { default: 40, least: 1, most: 90, help: 'latency: percent of what the base can do at most' },
  links: {
    default: { memory: 100_000, reports: undefined },
    least: 1_000,
    most: 500_000,
    help: 'memory: links in use (default 100000); reports: links of the clicks (default 1000, and then 10000)',
  },
  forged: { default: 100_000, least: 1_000, most: 1_000_000, help: 'postbacks: forged click ids that are sent' },
  hot: { default: 10_000, least: 1_000, most: 50_000, help: 'restart: links that are in use before and after' },
  rate: { default: 2_000, least: 100, most: 20_000, help: 'restart: clicks a second' },
  clicks: {
    default: { shipper: 200_000, reports: 10_000_000 },
    least: 10_000,
    most: 100_000_000,
    help: 'shipper: clicks that wait to be shipped (default 200000); reports: clicks in MongoDB (default 10000000)',
  },
};

const HELP = `npm run bench -- [${PARTS.join('|')} …] [options]

Without a part's name all parts are run but ${LONG_PARTS.join(' and ')}: reports take some 30 minutes and 8 GB of disk, the
dashboard needs Chromium.

${Object.entries(NUMBERS)
  .map(
    ([name, { help, default: usual }]) =>
      `  --${name.padEnd(12)} ${help}${typeof usual === 'number' ? ` (default ${usual})` : ''}`,
  )
  .join('\n')}
  --only a,b     redirect: these servers only, of ${SERVERS.join(', ')}
  --json FILE    also write all figures of all rounds to a file
  --no-wrk       use the load generator that comes along even if wrk is installed
  --no-setup     take packages and build as they are

A quick look whether everything works: npm run bench -- --rounds 1 --seconds 1 --clicks 20000 --links 5000
`;

/** An invalid option; the message names it. */
export class UsageError extends Error {}

/**
 * @param {string[]} args
 * @returns the options, or `{ help }` if only the help is wanted
 * @throws UsageError
 */
export function readOptions(args) {
  const { values, positionals } = parse(args);
  if (values.help) return { help: HELP };
  const numbers = Object.fromEntries(Object.keys(NUMBERS).map((name) => [name, readNumber(name, values[name])]));
  return {
    ...numbers,
    parts:
      positionals.length === 0 ? USUAL_PARTS : PARTS.filter((part) => known('part', positionals, PARTS).includes(part)),
    only: values.only === undefined ? SERVERS : known('server', values.only.split(','), SERVERS),
    json: values.json,
    wrk: !values['no-wrk'],
    setup: !values['no-setup'],
  };
}

function parse(args) {
  const strings = [...Object.keys(NUMBERS), 'only', 'json'].map((name) => [name, { type: 'string' }]);
  const flags = ['no-wrk', 'no-setup', 'help'].map((name) => [name, { type: 'boolean' }]);
  try {
    return parseArgs({ args, allowPositionals: true, options: Object.fromEntries([...strings, ...flags]) });
  } catch (error) {
    throw new UsageError(error.message);
  }
}

function readNumber(name, text) {
  const { default: usual, least, most } = NUMBERS[name];
  if (text === undefined) return usual;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return forParts(usual, value);
  throw new UsageError(`--${name} is a whole number from ${least} to ${most}, not ${text}`);
}

/** The value for each part of an option whose default depends on the part. */
function forParts(usual, value) {
  return isOfParts(usual) ? Object.fromEntries(Object.keys(usual).map((part) => [part, value])) : value;
}

function isOfParts(usual) {
  return typeof usual === 'object';
}

function known(kind, given, all) {
  const wrong = given.filter((name) => !all.includes(name));
  if (wrong.length > 0) throw new UsageError(`there is no ${kind} ${wrong.join(', ')}; there are ${all.join(', ')}`);
  return given;
}
