import { join } from 'node:path';
import { cleanEnv, EnvMissingError } from 'envalid';
import { StartupError } from '../startup/startup-error.js';
import type { LogFormat } from '../logging/log-format.js';
import { editDistance } from '../text/edit-distance.js';
import type { Mailbox, SmtpServer } from './smtp-url.js';
import { type SettingNotes, SETTINGS_SPEC } from './settings-spec.js';

export type SettingName = keyof typeof SETTINGS_SPEC;
export const SETTING_NAMES = Object.keys(SETTINGS_SPEC) as SettingName[];

/** The failure that an answered click survives: a killed process, or a power cut. */
export type ClickDurability = 'os' | 'disk';
/** Where reports are read from: the copy of this instance, or MongoDB. */
export type ReportSource = 'copy' | 'mongodb';

/** How mails are sent. Holds a password: never log it. */
export interface MailSettings {
  server: SmtpServer;
  from: Mailbox;
}

/** The OpenID provider that people may sign in with. */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string | undefined;
  scopes: string;
  name: string;
  /** Role in the first workspace for people who were not invited. `undefined`: they cannot sign in. */
  autoJoinRole: 'analyst' | 'editor' | 'admin' | undefined;
  roleClaim: string | undefined;
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
  hasPasswordLogin: boolean;
  oidc: OidcSettings | undefined;
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
  const values = cleanEnv(given, SETTINGS_SPEC, {
    reporter: ({ errors }) => {
      for (const [name, error] of Object.entries(errors)) {
        const reason = error instanceof EnvMissingError ? 'it is missing' : tidy(error?.message ?? 'it is malformed');
        problems.push(`${name} is not valid: ${reason}`);
      }
    },
  });
  const needsSender = given['SMTP_URL'] !== undefined && given['MAIL_FROM'] === undefined;
  if (given['OIDC_ISSUER'] !== undefined && given['OIDC_CLIENT_ID'] === undefined)
    problems.push('OIDC_CLIENT_ID is missing: OIDC_ISSUER needs the id of this client');
  if (!/(?:^| )openid(?: |$)/.test(given['OIDC_SCOPES'] ?? 'openid'))
    problems.push('OIDC_SCOPES is not valid: `openid` must be one of the scopes, e.g. openid email profile');
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
    hasPasswordLogin: values.PASSWORD_LOGIN === 'on',
    oidc: oidcOf(values),
    hasReports: values.REPORTS !== 'off',
    reportSource: values.REPORTS === 'mongodb' ? 'mongodb' : 'copy',
    metricsToken: values.METRICS_TOKEN,
    logLevel: values.LOG_LEVEL,
    logFormat: values.LOG_FORMAT as LogFormat,
    cacheDir: values.HOPBACK_CACHE_DIR,
  };
}

function oidcOf(values: OidcValues): OidcSettings | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_AUTO_JOIN: role } = values;
  if (issuer === undefined || clientId === undefined) return undefined;
  return {
    issuer,
    clientId,
    clientSecret: values.OIDC_CLIENT_SECRET,
    scopes: values.OIDC_SCOPES,
    name: values.OIDC_NAME,
    autoJoinRole: role === 'analyst' || role === 'editor' || role === 'admin' ? role : undefined,
    roleClaim: values.OIDC_ROLE_CLAIM,
  };
}

interface OidcValues {
  OIDC_ISSUER: string | undefined;
  OIDC_CLIENT_ID: string | undefined;
  OIDC_CLIENT_SECRET: string | undefined;
  OIDC_SCOPES: string;
  OIDC_NAME: string;
  OIDC_AUTO_JOIN: string;
  OIDC_ROLE_CLAIM: string | undefined;
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
    const {
      desc,
      default: value,
      notes,
    } = SETTINGS_SPEC[name] as { desc?: string; default?: unknown; notes: SettingNotes };
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
