import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { cleanEnv, email, EnvMissingError, str } from 'envalid';
import { StartupError } from '../startup/startup-error.js';
import type { LogFormat } from '../logging/log-format.js';
import { editDistance } from '../text/edit-distance.js';
import type { Mailbox, SmtpServer } from './smtp-url.js';
import {
  cidrList,
  dnsServerList,
  file,
  folder,
  hostPortList,
  mailbox,
  origin,
  portNumber,
  schemeList,
  secretOfAtLeast,
  smtpUrl,
  urlWithScheme,
  wholeNumber,
} from './settings-validators.js';

const cacheHome = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');

/** The part of a setting that docs/settings.md shows beside the description and the default. */
interface SettingNotes {
  /** Values that are accepted, with their unit. */
  values: string;
  /** The behaviour without the setting, where the declared default does not show it. */
  unset?: string;
}

/** A declaration for envalid with its notes. */
function noted<S extends object>(spec: S, notes: SettingNotes): S & { notes: SettingNotes } {
  return { ...spec, notes };
}

/** Every setting there is. `npm run docs:settings` writes docs/settings.md from it; a unit test fails when that page differs. */
const SETTINGS = {
  PORT: noted(portNumber({ default: 3000, desc: 'Port that Hopback listens on.' }), {
    values: '0 to 65535; 0: the system chooses a free port',
  }),
  HOST: noted(str({ default: '0.0.0.0', desc: 'Address that Hopback listens on; `0.0.0.0` means all of them.' }), {
    values: 'IP address or host name',
  }),
  PUBLIC_URL: noted(
    origin({
      default: undefined,
      desc: 'URL under which visitors and networks reach Hopback. Its host is the first, verified domain of the first workspace.',
    }),
    { values: 'scheme, host and port', unset: '`http://localhost:PORT`' },
  ),
  DATA_DIR: noted(
    folder({
      default: resolve('data'),
      desc: 'Folder for the click spool and the embedded databases. Other users of the machine get no access to it.',
    }),
    { values: 'folder', unset: '`./data`' },
  ),
  HOPBACK_API_KEY: noted(
    secretOfAtLeast(24)({
      default: undefined,
      desc: 'API key that the first start on an empty database creates. Later starts ignore it.',
    }),
    {
      values: '24 to 256 visible ASCII characters',
      unset: 'a key is generated, printed once and kept in `DATA_DIR/first-api-key`',
    },
  ),
  SECRET_KEY: noted(
    secretOfAtLeast(32)({
      default: undefined,
      desc: 'Key that encrypts the secrets of people in the database, such as those of authenticator apps. All instances need the same. Keep it: without it, these secrets are lost.',
    }),
    {
      values: '32 to 256 visible ASCII characters',
      unset: 'a key is generated when it is first needed, and kept in `DATA_DIR/secret-key`',
    },
  ),
  LOST_SECRET_KEY: noted(
    secretOfAtLeast(16)({
      default: undefined,
      desc: 'Fingerprint of a secret key that is lost, as the log names it. The present key takes its place. See operations.md.',
    }),
    { values: '16 hexadecimal digits', unset: 'none' },
  ),
  MONGODB_URI: noted(
    urlWithScheme(
      'mongodb',
      'mongodb+srv',
    )({ default: undefined, desc: 'MongoDB replica set or sharded cluster to use.' }),
    { values: '`mongodb://…` or `mongodb+srv://…`', unset: 'an embedded mongod' },
  ),
  REDIS_URL: noted(urlWithScheme('redis', 'rediss')({ default: undefined, desc: 'Redis or Valkey to use.' }), {
    values: '`redis://…` or `rediss://…`',
    unset: 'an embedded Redis or Valkey',
  }),
  TRUSTED_PROXIES: noted(cidrList({ default: [], desc: 'Proxies whose `X-Forwarded-For` header is trusted.' }), {
    values: 'addresses or CIDRs, separated by commas',
  }),
  DNS_SERVERS: noted(dnsServerList({ default: [], desc: 'DNS servers for domain checks and outgoing requests.' }), {
    values: '`ip:port`, separated by commas',
    unset: 'those of the system',
  }),
  OUTBOUND_ALLOW: noted(
    hostPortList({ default: [], desc: 'Private hosts that outgoing requests may reach, by name or by address.' }),
    { values: '`host:port`, separated by commas' },
  ),
  ALLOWED_SCHEMES: noted(
    schemeList({
      default: ['mailto', 'sms', 'tel'],
      desc: 'Schemes that links may lead to in addition to http and https.',
    }),
    { values: 'such as `tel,myapp,tg`; `none` for no others' },
  ),
  BLOCKLIST_FILE: noted(
    folder({
      default: undefined,
      desc: 'File of hosts and URL prefixes that no link may lead to, one per line. It is read again when it changes.',
    }),
    { values: 'file', unset: '`DATA_DIR/blocklist.txt`, if that file exists' },
  ),
  WORKERS: noted(
    wholeNumber({ from: 1, to: 64 })({ default: 1, desc: 'Processes that answer requests, one for each core to use.' }),
    { values: '1 to 64' },
  ),
  CLICK_DURABILITY: noted(
    str({
      default: 'os',
      choices: ['os', 'disk'],
      desc: 'What an answered click survives. `os`: a killed process; the disk is flushed every second. `disk`: a power cut as well, at some cost of speed.',
    }),
    { values: '`os`, `disk`' },
  ),
  SPOOL_MAX_MB: noted(
    wholeNumber({ from: 1, to: 1_000_000 })({
      default: 4_096,
      desc: 'Disk space for clicks that wait for MongoDB. Beyond it redirects continue, and clicks are dropped and counted. Waiting postbacks may take a quarter as much in addition.',
    }),
    { values: '1 to 1000000 MiB' },
  ),
  GEO_CITY_DB: noted(file({ default: undefined, desc: 'MaxMind-format `.mmdb` file with cities.' }), {
    values: 'file',
    unset: 'DB-IP Lite, which is included',
  }),
  GEO_ASN_DB: noted(
    file({ default: undefined, desc: 'MaxMind-format `.mmdb` file with the networks (ASN) of addresses.' }),
    { values: 'file', unset: 'RouteViews and DB-IP data, which are included' },
  ),
  ABUSE_EMAIL: noted(
    email({ default: undefined, desc: 'E-mail address that the report page names for urgent cases of abuse.' }),
    { values: 'e-mail address', unset: 'none' },
  ),
  ABUSE_CONTACT_URL: noted(
    urlWithScheme(
      'http',
      'https',
    )({
      default: undefined,
      desc: 'Web page that the report page names for urgent cases of abuse.',
    }),
    { values: 'http(s) URL', unset: 'none' },
  ),
  SMTP_URL: noted(
    smtpUrl({
      default: undefined,
      desc: 'Mail server that sends invitations, links for new passwords and notices. TLS is used where the server offers it, and required unless the host is in a private network. Certificates are always checked.',
    }),
    {
      values: '`smtp://user:password@host:587` or `smtps://…`; special characters of the password as `%XX`',
      unset: 'no mail is sent; links are logged and shown to the person who invites',
    },
  ),
  MAIL_FROM: noted(mailbox({ default: undefined, desc: 'Sender of mails. Required with `SMTP_URL`.' }), {
    values: '`links@example.com` or `Hopback <links@example.com>`',
    unset: 'none',
  }),
  DEFAULT_PLAN: noted(
    str({
      default: 'unlimited',
      choices: ['unlimited', 'free'],
      desc: 'Plan of workspaces that are created from now on; `free` is for operators who host others. The first workspace is never limited.',
    }),
    { values: '`unlimited`, `free`' },
  ),
  RATE_LIMIT_KEY: noted(
    wholeNumber({ from: 0, to: 1_000_000 })({ default: 6_000, desc: 'Requests that one API key may make.' }),
    { values: '0 to 1000000 per minute; 0: no limit' },
  ),
  RATE_LIMIT_ADDRESS: noted(
    wholeNumber({ from: 0, to: 1_000_000 })({
      default: 600,
      desc: 'Requests that one address may make where no API key is needed, apart from redirects and postbacks. It also bounds the unknown short links and unknown postback keys of one address.',
    }),
    { values: '0 to 1000000 per minute; 0: no limit' },
  ),
  RATE_LIMIT_FAILED: noted(
    wholeNumber({ from: 0, to: 1_000_000 })({
      default: 60,
      desc: 'Requests without a valid API key after which an address is refused for the remainder of the minute.',
    }),
    { values: '0 to 1000000 per minute; 0: no limit' },
  ),
  REPORTS: noted(
    str({
      default: 'on',
      choices: ['on', 'mongodb', 'off'],
      desc: 'Whether this instance answers reports. `on`: from a copy of clicks and conversions that it keeps in `DATA_DIR/reports`. `mongodb`: from MongoDB, which is slower and suits small machines, because it needs no copy. `off` suits instances that only redirect.',
    }),
    { values: '`on`, `mongodb`, `off`' },
  ),
  METRICS_TOKEN: noted(
    secretOfAtLeast(24)({
      default: undefined,
      desc: 'Token with which `/metrics` may be read from anywhere: `Authorization: Bearer …`.',
    }),
    {
      values: '24 to 256 visible ASCII characters',
      unset: 'metrics are served only to this machine and its private network, without a proxy',
    },
  ),
  LOG_LEVEL: noted(
    str({
      default: 'info',
      choices: ['fatal', 'error', 'warn', 'info', 'debug', 'trace'],
      desc: 'Least important log line that is written. `debug` writes a line for each API request.',
    }),
    { values: '`fatal`, `error`, `warn`, `info`, `debug`, `trace`' },
  ),
  LOG_FORMAT: noted(
    str({
      default: 'auto',
      choices: ['pretty', 'json', 'auto'],
      desc: 'Form of log lines. `pretty`: one line of text each, with stacks only at `LOG_LEVEL=debug` or `trace`. `json`: one JSON object each. `auto`: `pretty` when standard output is a terminal, otherwise `json`.',
    }),
    { values: '`pretty`, `json`, `auto`' },
  ),
  HOPBACK_CACHE_DIR: noted(
    folder({
      default: join(cacheHome, 'hopback'),
      desc: 'Folder for downloaded server binaries, shared by all checkouts.',
    }),
    { values: 'folder', unset: '`~/.cache/hopback`' },
  ),
};

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** The failure that an answered click survives: a killed process, or a power cut. */
export type ClickDurability = 'os' | 'disk';
/** Where reports are read from: the copy of this instance, or MongoDB. */
export type ReportSource = 'copy' | 'mongodb';

/** How mails are sent. Holds a password: never log it. */
export interface MailSettings {
  server: SmtpServer;
  from: Mailbox;
}

/** The settings as read, checked and completed; the only place that reads the environment. */
export interface Settings {
  port: number;
  host: string;
  publicUrl: string;
  dataDir: string;
  apiKey: string | undefined;
  secretKey: string | undefined;
  /** The fingerprint of a key that the present one replaces. */
  lostSecretKey: string | undefined;
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
  /** `undefined`: no mail is sent. */
  mail: MailSettings | undefined;
  defaultPlan: string;
  hasReports: boolean;
  reportSource: ReportSource;
  metricsToken: string | undefined;
  logLevel: string;
  logFormat: LogFormat;
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
  const needsSender = given['SMTP_URL'] !== undefined && given['MAIL_FROM'] === undefined;
  if (needsSender) problems.push('MAIL_FROM is missing: SMTP_URL needs a sender, e.g. Hopback <links@example.com>');
  if (problems.length > 0) throw new StartupError(problems);

  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL ?? `http://localhost:${values.PORT}`,
    dataDir: values.DATA_DIR,
    apiKey: values.HOPBACK_API_KEY,
    secretKey: values.SECRET_KEY,
    lostSecretKey: values.LOST_SECRET_KEY,
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
    mail: values.SMTP_URL && values.MAIL_FROM && { server: values.SMTP_URL, from: values.MAIL_FROM },
    defaultPlan: values.DEFAULT_PLAN,
    hasReports: values.REPORTS !== 'off',
    reportSource: values.REPORTS === 'mongodb' ? 'mongodb' : 'copy',
    metricsToken: values.METRICS_TOKEN,
    logLevel: values.LOG_LEVEL,
    logFormat: values.LOG_FORMAT as LogFormat,
    cacheDir: values.HOPBACK_CACHE_DIR,
  };
}

/** A setting as docs/settings.md shows it, in Markdown. */
export interface SettingDescription {
  name: SettingName;
  description: string;
  default: string;
  values: string;
}

export function describeSettings(): SettingDescription[] {
  return SETTING_NAMES.map((name) => {
    const { desc, default: value, notes } = SETTINGS[name] as { desc?: string; default?: unknown; notes: SettingNotes };
    return { name, description: desc ?? '', default: notes.unset ?? formatDefault(value), values: notes.values };
  });
}

function formatDefault(value: unknown): string {
  const text = String(value); // lists come with commas
  return text === '' ? 'none' : `\`${text}\``;
}

/**
 * Every name in the env file, and every HOPBACK_… variable, has to be a setting. Other environment variables belong to other
 * programs; only a near miss is reported: `REDIS_URI` while `REDIS_URL` is not set.
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
