import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getConnectionToken } from '@nestjs/mongoose';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { type Logger, pino } from 'pino';
import request, { type Test } from 'supertest';
import { inject } from 'vitest';
import { answerOn, createApp } from '../../src/runtime/app.js';
import { DeviceReader } from '../../src/clicks/enrichment/device.js';
import { enrichClick, type EnrichmentTools } from '../../src/clicks/enrichment/enrich.js';
import { type GeoLookup, openGeo } from '../../src/clicks/enrichment/geo.js';
import { VisitorKeys } from '../../src/clicks/enrichment/visitor.js';
import { buildShipper } from '../../src/clicks/shipper/build-shipper.js';
import type { Shipper } from '../../src/clicks/shipper/shipper.js';
import { spoolRootOf } from '../../src/platform/spool/spool-root.js';
import { EdgeServer } from '../../src/edge/edge-server.js';
import { InstanceSecretsRepository } from '../../src/platform/secrets/instance-secrets.repository.js';
import type { ClickResponse } from '../../src/clicks/clicks.dto.js';
import type { ConversionListResponse, ConversionResponse } from '../../src/conversions/conversions.dto.js';
import type { DomainStatus } from '../../src/domains/domain.schema.js';
import { DomainsRepository } from '../../src/domains/domains.repository.js';
import { FirstStart } from '../../src/runtime/first-start.service.js';
import type { LinkResponse } from '../../src/links/links.dto.js';
import type { NetworkResponse } from '../../src/networks/networks.dto.js';
import { readSettings, type Settings } from '../../src/platform/config/settings.js';
import { SETTINGS } from '../../src/platform/config/settings.token.js';
import { freePort } from '../../src/platform/embedded/free-port.js';
import { newId } from '../../src/platform/ids/ids.js';
import type { BackgroundJob } from '../../src/platform/jobs/background-job.js';
import { JobRunner } from '../../src/platform/jobs/job-runner.service.js';
import { trustedWorkspaceId } from '../../src/platform/tenancy/workspace-id.js';
import type { PostbackAnswer } from '../../src/postbacks/receive/receive-postback.dto.js';
import type { PostbackResponse } from '../../src/postbacks/log/postback-log.dto.js';
import type { LiveFeedOptions } from '../../src/reports/live/live-feed.js';
import { MongoAnswerer, type MongoAnswererLimits } from '../../src/reports/fallback/mongo-answerer.js';
import { createCopyAnswerer } from '../../src/reports/reader/copy-answerer.js';
import { reportsFolderOf } from '../../src/reports/reader/reader-socket.js';
import { ReportReader } from '../../src/reports/reader/report-reader.js';
import { returnDatabase, takeDatabase } from './servers/databases.js';
import { eventually } from './eventually.js';
import { workerRedisUrl } from './servers/servers.js';

export const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

type Method = 'get' | 'post' | 'patch' | 'delete' | 'head' | 'put' | 'options';

export interface Options {
  /** Extra environment for the settings. */
  env?: Record<string, string>;
  /** Use the database of another test app: a second instance of the same Hopback. */
  sharing?: TestApp;
  /** Default: the one that all tests share. */
  redisUrl?: string;
  /** Where MongoDB is reached; see `MongoProxy`. Default: directly. */
  mongodbUri?: string;
  /** Address to listen on. Default: loopback. */
  host?: string;
}

interface RunningShipper {
  shipper: Shipper;
  ended: Promise<void>;
}

let geo: Promise<GeoLookup> | undefined;

/** The data for enrichment. The geo data is large, so it is read once for all tests of a process. */
export async function enrichmentTools(app: NestFastifyApplication): Promise<EnrichmentTools> {
  geo ??= openGeo({ warn: () => undefined });
  const visitors = new VisitorKeys(await app.get(InstanceSecretsRepository).obtain('visitor'));
  return { visitors, geo: await geo, devices: new DeviceReader() };
}

/** People of all tests come from one address, and the files that run one after the other share a Redis. */
async function forgetAttempts(redisUrl: string): Promise<void> {
  const redis = new Redis(redisUrl);
  try {
    const names = ['sign-in', 'second-factor', 'password-reset', 'email-change'];
    const found = await Promise.all(names.map((name) => redis.keys(`hopback:${name}:*`)));
    if (found.flat().length > 0) await redis.del(...found.flat());
  } finally {
    redis.disconnect();
  }
}

/** The whole application in this process, against the real servers, in a database of its own. */
export class TestApp {
  private reader: ReportReader | undefined;

  private constructor(
    readonly app: NestFastifyApplication,
    readonly edge: EdgeServer,
    private running: RunningShipper,
    readonly baseUrl: string,
    readonly apiKey: string,
    readonly database: string,
    readonly dataDir: string,
    private readonly ownsDatabase: boolean,
  ) {}

  static async start({
    env = {},
    sharing,
    redisUrl = workerRedisUrl(),
    mongodbUri = inject('mongodbUri'),
    host = '127.0.0.1',
  }: Options = {}): Promise<TestApp> {
    const port = await freePort();
    const dataDir = mkdtempSync(join(tmpdir(), 'hopback-e2e-'));
    const apiKey = sharing?.apiKey ?? `test_${randomBytes(16).toString('hex')}`;
    const database = sharing?.database ?? takeDatabase();
    const baseUrl = `http://localhost:${port}`;
    const uri = new URL(mongodbUri);
    uri.pathname = `/${database}`;
    const settings = readSettings({
      PORT: String(port),
      PUBLIC_URL: baseUrl,
      DATA_DIR: dataDir,
      HOPBACK_API_KEY: apiKey,
      LOG_LEVEL: 'fatal',
      // All tests come from one address, with one key each.
      RATE_LIMIT_KEY: '0',
      RATE_LIMIT_ADDRESS: '0',
      RATE_LIMIT_FAILED: '0',
      ...env,
    });
    const logger = pino({ level: settings.logLevel });
    if (sharing === undefined && redisUrl === workerRedisUrl()) await forgetAttempts(redisUrl);
    const edge = new EdgeServer();
    const app = await createApp({ settings, logger, mongodbUri: uri.href, redisUrl }, edge);
    await app.get(FirstStart).prepare();
    answerOn(edge, app, 0);
    await edge.listen(port, host);
    const shipper = await TestApp.startShipper(app, dataDir, logger);
    return new TestApp(app, edge, shipper, baseUrl, apiKey, database, dataDir, sharing === undefined);
  }

  /** The shipper as it runs in its own process, here in ours. */
  private static async startShipper(
    app: NestFastifyApplication,
    dataDir: string,
    logger: Logger,
  ): Promise<RunningShipper> {
    const tools = await enrichmentTools(app);
    const shipper = buildShipper({
      connection: app.get<Connection>(getConnectionToken()),
      spoolRoot: spoolRootOf(dataDir),
      workers: 1,
      enrich: (click) => enrichClick(click, tools),
      logger,
    });
    return { shipper, ended: shipper.run() };
  }

  /** From now on clicks wait in the spool. */
  async stopShipper(): Promise<void> {
    this.running.shipper.stop();
    await this.running.ended;
  }

  async restartShipper(): Promise<void> {
    this.running = await TestApp.startShipper(this.app, this.dataDir, pino({ level: 'fatal' }));
  }

  /** The reader of reports as it runs in its own process, here in ours. It ends with the app. */
  async startReader(live: LiveFeedOptions = {}, limits?: Partial<MongoAnswererLimits>): Promise<ReportReader> {
    await this.stopReader();
    const options = { connection: this.connection, dataDir: this.dataDir, logger: pino({ level: 'fatal' }), live };
    const { reportSource } = this.app.get<Settings>(SETTINGS);
    const answerer =
      reportSource === 'copy'
        ? createCopyAnswerer(options)
        : new MongoAnswerer({ ...options, ...(limits && { limits }) });
    this.reader = new ReportReader(answerer, options);
    await this.reader.start();
    return this.reader;
  }

  /** Deletes the copy for reports while its reader is away. */
  async loseReports(): Promise<void> {
    await this.stopReader();
    rmSync(reportsFolderOf(this.dataDir), { recursive: true, force: true });
    await this.startReader();
  }

  async stopReader(): Promise<void> {
    await this.reader?.stop();
    this.reader = undefined;
  }

  /** Waits until the copy for reports has everything that is stored now. */
  async reportsCaughtUp(): Promise<void> {
    const now = Date.now();
    await eventually(
      () => this.reader?.getStatus(),
      (status) => status !== undefined && status.isComplete && status.asOf >= now,
    );
  }

  get shipper(): Shipper {
    return this.running.shipper;
  }

  /** A background job of this instance. */
  job(name: string): BackgroundJob {
    return this.app.get(JobRunner).get(name);
  }

  get connection(): Connection {
    return this.app.get<Connection>(getConnectionToken());
  }

  /** A request with this workspace's API key. */
  api(method: Method, path: string, key: string | null = this.apiKey): Test {
    const test = request(this.baseUrl)[method](`/api/v1${path}`);
    return key === null ? test : test.set('authorization', `Bearer ${key}`);
  }

  /** A request without any key. */
  plain(method: Method, path: string): Test {
    return request(this.baseUrl)[method](path);
  }

  async createLink(fields: Record<string, unknown> = {}, key = this.apiKey): Promise<LinkResponse> {
    const response = await this.api('post', '/links', key).send({ url: 'https://shop.example/lp', ...fields });
    if (response.status !== 201) throw new Error(`link: ${response.status} ${response.text}`);
    return response.body as LinkResponse;
  }

  async createNetwork(fields: Record<string, unknown> = {}, key = this.apiKey): Promise<NetworkResponse> {
    const response = await this.api('post', '/networks', key).send({ name: 'Casino', currency: 'EUR', ...fields });
    if (response.status !== 201) throw new Error(`network: ${response.status} ${response.text}`);
    return response.body as NetworkResponse;
  }

  /** Exchange rates of the workspace's own that count today: those of the sample are of certain days. */
  async loadRates(key = this.apiKey): Promise<void> {
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const csv = `Date,USD,GBP,JPY\n${yesterday},1.08,0.86,163.5\n`;
    const response = await this.api('put', '/exchange-rates', key).set('content-type', 'text/csv').send(csv);
    if (response.status !== 200) throw new Error(`rates: ${response.status} ${response.text}`);
  }

  async createKey(scopes: string[], key = this.apiKey): Promise<string> {
    const response = await this.api('post', '/api-keys', key).send({ name: 'test', scopes });
    return (response.body as { key: string }).key;
  }

  /** A second tenant with a verified domain of its own. */
  async createWorkspace(
    hostname = `go-${randomBytes(4).toString('hex')}.example`,
  ): Promise<{ id: string; apiKey: string; hostname: string }> {
    const response = await this.api('post', '/workspaces').send({ name: 'Other' });
    const { id, apiKey } = response.body as { id: string; apiKey: string };
    await this.addDomain(id, hostname);
    return { id, apiKey, hostname };
  }

  /** Gives a workspace a domain without the proof that it is theirs. @returns its id. */
  async addDomain(workspaceId: string, hostname: string, status: DomainStatus = 'verified'): Promise<string> {
    const domain = { _id: newId('dom'), hostname, status, createdAt: new Date() };
    await this.app.get(DomainsRepository).insert(trustedWorkspaceId(workspaceId), domain);
    return domain._id;
  }

  /** Has the data of a deleted workspace deleted now: by itself that begins two seconds after the request. */
  async finishDeletion(workspaceId: string): Promise<void> {
    const deletions = this.connection.collection<{ _id: string }>('workspaceDeletions');
    await deletions.updateOne({ _id: workspaceId }, { $set: { dueAt: new Date() } });
    await this.job('workspace-deletion').runNow();
  }

  /** Clicks a link as a browser does. */
  click(link: Pick<LinkResponse, 'slug' | 'domain'>, query = ''): Test {
    return this.plain('get', `/${encodeURI(link.slug)}${query}`)
      .set('host', link.domain)
      .set('user-agent', BROWSER);
  }

  /** Clicks and gives back the click id that the destination got. */
  async clickId(link: Pick<LinkResponse, 'slug' | 'domain'>, query = ''): Promise<string> {
    const response = await this.click(link, query);
    const id = new URL(response.headers['location'] ?? 'none:').searchParams.get('click_id');
    if (!id) throw new Error(`no click id: ${response.status} ${response.headers['location']}`);
    return id;
  }

  postback(network: Pick<NetworkResponse, 'key'>, query: string): Test {
    return this.plain('get', `/postback/${network.key}?${query}`);
  }

  /** Sends a postback that must be answered 200, and gives the answer. */
  async goodPostback(network: Pick<NetworkResponse, 'key'>, query: string): Promise<PostbackAnswer> {
    const response = await this.postback(network, query);
    if (response.status !== 200) throw new Error(`postback: ${response.status} ${response.text}`);
    return response.body as PostbackAnswer;
  }

  /** A new link that was clicked once. */
  async clickedLink(fields: Record<string, unknown> = {}): Promise<{ link: LinkResponse; clickId: string }> {
    const link = await this.createLink(fields);
    return { link, clickId: await this.clickId(link) };
  }

  async link(id: string, key = this.apiKey): Promise<LinkResponse> {
    return (await this.api('get', `/links/${id}`, key)).body as LinkResponse;
  }

  /** The click once it is stored, which is a moment after its redirect was answered. */
  async storedClick(id: string, key = this.apiKey): Promise<ClickResponse> {
    const response = await eventually(
      () => this.api('get', `/clicks/${id}`, key),
      ({ status }) => status === 200,
    );
    return response.body as ClickResponse;
  }

  async conversion(id: string, key = this.apiKey): Promise<ConversionResponse> {
    const response = await this.api('get', `/conversions/${id}`, key);
    if (response.status !== 200) throw new Error(`conversion: ${response.status} ${response.text}`);
    return response.body as ConversionResponse;
  }

  /** The conversions that a filter of the API finds; there must not be more than a page of them. */
  async conversions(filter: string): Promise<ConversionResponse[]> {
    const response = await this.api('get', `/conversions?limit=100&${filter}`);
    if (response.status !== 200) throw new Error(`conversions: ${response.status} ${response.text}`);
    const { data, page } = response.body as ConversionListResponse;
    if (page.hasMore) throw new Error('there are more conversions than a page has');
    return data;
  }

  /** The log entry of a postback. */
  async postbackEntry(id: string, key = this.apiKey): Promise<PostbackResponse> {
    const response = await this.api('get', `/postbacks/${id}`, key);
    if (response.status !== 200) throw new Error(`postback: ${response.status} ${response.text}`);
    return response.body as PostbackResponse;
  }

  async close(): Promise<void> {
    await this.edge.close();
    await this.stopShipper();
    await this.stopReader();
    await this.app.close();
    if (this.ownsDatabase) await returnDatabase(this.database);
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
