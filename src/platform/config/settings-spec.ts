import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { email, str } from 'envalid';
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
export interface SettingNotes {
  /** Values that are accepted, with their unit. */
  values: string;
  /** The behaviour without the setting, where the declared default does not show it. */
  unset?: string;
}

/** A declaration for envalid with its notes. */
function noted<S extends object>(spec: S, notes: SettingNotes): S & { notes: SettingNotes } {
  return { ...spec, notes };
}

/** Every setting there is, for envalid. `npm run docs:settings` writes docs/settings.md from it; a unit test fails when that page differs. */
export const SETTINGS_SPEC = {
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
      desc: 'Mail server that sends invitations, links for new passwords and notifications. TLS is used where the server offers it, and required unless the host is in a private network. Certificates are always checked.',
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
  PASSWORD_LOGIN: noted(
    str({
      default: 'on',
      choices: ['on', 'off'],
      desc: 'Whether people may sign in with e-mail address and password. `off` leaves passkeys and the OpenID provider.',
    }),
    { values: '`on`, `off`' },
  ),
  OIDC_ISSUER: noted(
    urlWithScheme(
      'http',
      'https',
    )({
      default: undefined,
      desc: 'OpenID provider that people may sign in with: the issuer URL of its discovery document.',
    }),
    { values: 'http(s) URL', unset: 'no sign-in by OpenID Connect' },
  ),
  OIDC_CLIENT_ID: noted(str({ default: undefined, desc: 'Client id at the OpenID provider.' }), {
    values: 'text',
    unset: 'required with `OIDC_ISSUER`',
  }),
  OIDC_CLIENT_SECRET: noted(str({ default: undefined, desc: 'Client secret at the OpenID provider.' }), {
    values: 'text',
    unset: 'a public client, protected by PKCE alone',
  }),
  OIDC_SCOPES: noted(
    str({ default: 'openid email profile', desc: 'Scopes that are asked for at the OpenID provider.' }),
    {
      values: 'names, separated by spaces; `openid` must be one of them',
    },
  ),
  OIDC_NAME: noted(str({ default: 'Single sign-on', desc: 'Name of the OpenID provider on the sign-in page.' }), {
    values: 'text',
  }),
  OIDC_AUTO_JOIN: noted(
    str({
      default: 'off',
      choices: ['off', 'analyst', 'editor', 'admin'],
      desc: 'Role in the first workspace that people get at their first sign-in with the OpenID provider. `off`: only invited people can sign in with it.',
    }),
    { values: '`off`, `analyst`, `editor`, `admin`' },
  ),
  OIDC_ROLE_CLAIM: noted(
    str({
      default: undefined,
      desc: 'Claim of the OpenID provider with the role in the first workspace, as text or list: `owner`, `admin`, `editor`, `analyst`. It is applied at each sign-in with the provider.',
    }),
    { values: 'name of a claim', unset: 'roles are managed here' },
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
