import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { cleanEnv, email, EnvMissingError, str } from 'envalid';
import { StartupError } from '../startup/startup-error.js';
import { editDistance } from '../text/edit-distance.js';
import {
  cidrList,
  dnsServerList,
  file,
  folder,
  hostPortList,
  origin,
  portNumber,
  schemeList,
  secretOfAtLeast,
  urlWithScheme,
  wholeNumber,
} from './settings-validators.js';

const cacheHome = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');

/** Every setting there is. The README's table is checked against this by a test. */
const SETTINGS = {
  PORT: portNumber({ default: 3000, desc: 'Port that Hopback listens on. Default 3000.' }),
  HOST: str({ default: '0.0.0.0', desc: 'Address that Hopback listens on. Default `0.0.0.0`, all of them.' }),
  PUBLIC_URL: origin({
    default: undefined,
    desc: "URL under which people reach Hopback; its host is the first workspace's first, verified domain. Default `http://localhost:PORT`.",
  }),
  DATA_DIR: folder({
    default: resolve('data'),
    desc: 'Folder for the click spool and the embedded databases; it is closed to other users. Default `./data`.',
  }),
  HOPBACK_API_KEY: secretOfAtLeast(24)({
    default: undefined,
    desc: 'API key that the first start on an empty database sets (24 characters or more). Unset: one is generated, printed once and kept in `DATA_DIR/first-api-key`.',
  }),
  MONGODB_URI: urlWithScheme(
    'mongodb',
    'mongodb+srv',
  )({
    default: undefined,
    desc: 'MongoDB replica set or sharded cluster to use. Unset: an embedded mongod.',
  }),
  REDIS_URL: urlWithScheme(
    'redis',
    'rediss',
  )({
    default: undefined,
    desc: 'Redis or Valkey to use. Unset: an embedded one.',
  }),
  TRUSTED_PROXIES: cidrList({
    default: [],
    desc: 'Addresses or CIDRs of proxies whose `X-Forwarded-For` is believed, separated by commas. Default: none.',
  }),
  DNS_SERVERS: dnsServerList({
    default: [],
    desc: "`ip:port` list of DNS servers for domain checks and outgoing requests. Default: the system's.",
  }),
  OUTBOUND_ALLOW: hostPortList({
    default: [],
    desc: '`host:port` list that outgoing requests may reach although private, by name or by address. Default: none.',
  }),
  ALLOWED_SCHEMES: schemeList({
    default: ['mailto', 'sms', 'tel'],
    desc: 'Schemes that links may lead to beside http and https, separated by commas: `tel,myapp,tg`; `none` for no others. Default `mailto,sms,tel`.',
  }),
  BLOCKLIST_FILE: folder({
    default: undefined,
    desc: 'Hosts and URL prefixes that no link may lead to, one a line; read again when it changes. Default `DATA_DIR/blocklist.txt`, if there is one.',
  }),
  WORKERS: wholeNumber({ from: 1, to: 64 })({
    default: 1,
    desc: 'Processes that answer requests, one for each core to use. Default 1.',
  }),
  CLICK_DURABILITY: str({
    default: 'os',
    choices: ['os', 'disk'],
    desc: 'What an answered click outlives: `os` a killed process (the disk is flushed every second), `disk` a power cut too, for some speed. Default `os`.',
  }),
  SPOOL_MAX_MB: wholeNumber({ from: 1, to: 1_000_000 })({
    default: 4_096,
    desc: 'Megabytes that clicks waiting for MongoDB may take on the disk; beyond it redirects go on, and clicks are dropped and counted. Postbacks that wait may take a quarter as much beside them. Default 4096.',
  }),
  GEO_CITY_DB: file({
    default: undefined,
    desc: 'A MaxMind-format `.mmdb` file that knows cities. Unset: DB-IP Lite, which comes along.',
  }),
  GEO_ASN_DB: file({
    default: undefined,
    desc: 'A MaxMind-format `.mmdb` file that knows the networks (ASN) of addresses. Unset: RouteViews and DB-IP data, which come along.',
  }),
  ABUSE_EMAIL: email({
    default: undefined,
    desc: 'E-mail address that the page for reports of abuse names for urgent cases. Default: none.',
  }),
  ABUSE_CONTACT_URL: urlWithScheme(
    'http',
    'https',
  )({
    default: undefined,
    desc: 'Web page that the page for reports of abuse names for urgent cases. Default: none.',
  }),
  DEFAULT_PLAN: str({
    default: 'unlimited',
    choices: ['unlimited', 'free'],
    desc: 'Plan of workspaces that are created from now on: `unlimited`, or `free` for those who host others. The first workspace is never limited. Default `unlimited`.',
  }),
  RATE_LIMIT_KEY: wholeNumber({ from: 0, to: 1_000_000 })({
    default: 6_000,
    desc: 'Requests a minute that an API key may make; 0: any number. Default 6000.',
  }),
  RATE_LIMIT_ADDRESS: wholeNumber({ from: 0, to: 1_000_000 })({
    default: 600,
    desc: 'Requests a minute that an address may make where no API key is asked for, redirects and postbacks apart, and unknown short links and keys of networks that it may ask for; 0: any number. Default 600.',
  }),
  RATE_LIMIT_FAILED: wholeNumber({ from: 0, to: 1_000_000 })({
    default: 60,
    desc: 'Requests a minute without a valid API key after which an address is not listened to for the rest of the minute; 0: any number. Default 60.',
  }),
  METRICS_TOKEN: secretOfAtLeast(24)({
    default: undefined,
    desc: 'Token (24 characters or more) with which `/metrics` may be read from anywhere: `Authorization: Bearer …`. Unset: only straight from this machine or its private network.',
  }),
  LOG_LEVEL: str({
    default: 'info',
    choices: ['fatal', 'error', 'warn', 'info', 'debug', 'trace'],
    desc: 'Least important log line that is written; `debug` writes a line for each API request. Default `info`.',
  }),
  HOPBACK_CACHE_DIR: folder({
    default: join(cacheHome, 'hopback'),
    desc: 'Folder for downloaded server binaries, shared by all checkouts. Default `~/.cache/hopback`.',
  }),
};

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** The failure that an answered click survives: a killed process, or a power cut. */
export type ClickDurability = 'os' | 'disk';

/** The settings as read, checked and completed; the only place that reads the environment. */
export interface Settings {
  port: number;
  host: string;
  publicUrl: string;
  dataDir: string;
  apiKey: string | undefined;
  mongodbUri: string | undefined;
  redisUrl: string | undefined;
  trustedProxies: string[];
  dnsServers: string[];
  outboundAllow: string[];
  allowedSchemes: string[];
  blocklistFile: string;
  workers: number;
  clickDurability: ClickDurability;
  /** Bytes. */
  spoolMaxBytes: number;
  /** Requests a minute; 0: no limit. */
  rateLimits: { key: number; address: number; failed: number };
  geoCityDb: string | undefined;
  geoAsnDb: string | undefined;
  abuseEmail: string | undefined;
  abuseUrl: string | undefined;
  defaultPlan: string;
  metricsToken: string | undefined;
  logLevel: string;
  cacheDir: string;
}

/**
 * Reads the settings from the environment and, below it, an env file's content.
 * @throws StartupError with a line for each setting that is malformed or unknown.
 */
export function readSettings(environment: NodeJS.ProcessEnv, envFile: Record<string, string> = {}): Settings {
  // An empty value means "not set": compose files and CI systems pass unset variables on as ''.
  const given = Object.fromEntries(
    Object.entries({ ...envFile, ...environment }).filter(([, value]) => value !== undefined && value !== ''),
  ) as Record<string, string>;

  const problems = unknownSettings(given, envFile);
  const values = cleanEnv(given, SETTINGS, {
    reporter: ({ errors }) => {
      for (const [name, error] of Object.entries(errors)) {
        const reason = error instanceof EnvMissingError ? 'it is missing' : tidy(error?.message ?? 'it is malformed');
        problems.push(`${name} is not valid: ${reason}`);
      }
    },
  });
  if (problems.length > 0) throw new StartupError(problems);

  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL ?? `http://localhost:${values.PORT}`,
    dataDir: values.DATA_DIR,
    apiKey: values.HOPBACK_API_KEY,
    mongodbUri: values.MONGODB_URI,
    redisUrl: values.REDIS_URL,
    trustedProxies: [...values.TRUSTED_PROXIES], // a list of its own: see ignoredForwarding
    dnsServers: values.DNS_SERVERS,
    outboundAllow: values.OUTBOUND_ALLOW,
    allowedSchemes: values.ALLOWED_SCHEMES,
    blocklistFile: values.BLOCKLIST_FILE ?? join(values.DATA_DIR, 'blocklist.txt'),
    workers: values.WORKERS,
    clickDurability: values.CLICK_DURABILITY as ClickDurability,
    spoolMaxBytes: values.SPOOL_MAX_MB * 1024 * 1024,
    rateLimits: {
      key: values.RATE_LIMIT_KEY,
      address: values.RATE_LIMIT_ADDRESS,
      failed: values.RATE_LIMIT_FAILED,
    },
    geoCityDb: values.GEO_CITY_DB,
    geoAsnDb: values.GEO_ASN_DB,
    abuseEmail: values.ABUSE_EMAIL,
    abuseUrl: values.ABUSE_CONTACT_URL,
    defaultPlan: values.DEFAULT_PLAN,
    metricsToken: values.METRICS_TOKEN,
    logLevel: values.LOG_LEVEL,
    cacheDir: values.HOPBACK_CACHE_DIR,
  };
}

/** The setting's name and description, for the docs. */
export function describeSettings(): { name: SettingName; description: string }[] {
  return SETTING_NAMES.map((name) => ({ name, description: (SETTINGS[name] as { desc?: string }).desc ?? '' }));
}

/**
 * Everything in the env file is meant for us, and so is every HOPBACK_… variable. Of the rest of the environment, which
 * belongs to others, only a slip of the pen is taken for a setting: `REDIS_URI` while `REDIS_URL` is not set.
 */
function unknownSettings(given: Record<string, string>, envFile: Record<string, string>): string[] {
  const known = new Set<string>(SETTING_NAMES);
  return Object.keys(given)
    .filter((name) => !known.has(name))
    .flatMap((name) => {
      const near = SETTING_NAMES.find((setting) => editDistance(name, setting) <= 2);
      if (name in envFile || name.startsWith('HOPBACK_')) {
        const advice = near ? `did you mean ${near}?` : `the settings are ${SETTING_NAMES.join(', ')}`;
        return [`${name} is not a setting of Hopback: ${advice}`];
      }
      const slip = near !== undefined && near.length >= 7 && given[near] === undefined;
      return slip
        ? [`${name} is not a setting of Hopback: did you mean ${near}? (unset ${name}, or set ${near} too)`]
        : [];
    });
}

function tidy(message: string): string {
  return message.replace(/^Invalid value: /, '').replace(/\s+/g, ' ');
}
