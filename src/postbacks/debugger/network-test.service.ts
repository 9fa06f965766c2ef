import { Inject, Injectable } from '@nestjs/common';
import { TestClicks } from '../../clicks/test-clicks.service.js';
import { CompiledLink } from '../../links/rules/compiled-link.js';
import { buildDestination } from '../../links/rules/destination/destination.js';
import type { Link } from '../../links/link.schema.js';
import { LinksRepository } from '../../links/links.repository.js';
import type { Network } from '../../networks/network.schema.js';
import type { ReadEvent } from '../../networks/rules/reading/reading.js';
import { NetworksService } from '../../networks/networks.service.js';
import { ConcurrencyLimit } from '../../platform/concurrency/concurrency-limit.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { Outbound } from '../../platform/outbound/outbound.service.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { maskKey, maskParameters } from '../rules/masking.js';
import type { Postback } from '../postback.schema.js';
import { NetworkDialects } from '../process/network-dialects.service.js';
import type { AttributedPostback } from '../rules/findings.js';
import { PostbacksRepository } from '../postbacks.repository.js';
import { probe, type ProbeResult } from './http-probe.js';
import type { TestNetworkRequest, TestNetworkResponse } from './network-debugger.dto.js';
import { NetworkTestResults } from './network-test-results.repository.js';
import { toReadEvent } from './network-preview.service.js';
import { PostbackPreviewer } from './postback-previewer.service.js';
import { readBack } from '../log/read-back.js';
import { buildTestUrl } from './test-request.js';
import { answerProblem, TestSteps } from './test-steps.js';

const TIMEOUT_MS = 5_000;
const MAX_AT_ONCE = 3;
const ANYWHERE = new Set(['0.0.0.0', '::', '']);

interface Run {
  network: Network;
  link: Link;
  clickId: string;
  steps: TestSteps;
}

/** A test with what is stored of it beside its answer. */
interface Tested {
  answer: TestNetworkResponse;
  linkId: string | null;
  event: ReadEvent | undefined;
  ip: string | null;
}

/** Tests a network with a test click and a real request through the public URL. None of it is counted. */
@Injectable()
export class NetworkTest {
  private readonly running = new ConcurrencyLimit(MAX_AT_ONCE, 'tests of networks');

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly networks: NetworksService,
    private readonly dialects: NetworkDialects,
    private readonly links: LinksRepository,
    private readonly testClicks: TestClicks,
    private readonly postbacks: PostbacksRepository,
    private readonly previewer: PostbackPreviewer,
    private readonly outbound: Outbound,
    private readonly results: NetworkTestResults,
  ) {}

  /**
   * Tests, and stores the result as the network's last test.
   * @throws ProblemException 429 if too many tests of the workspace are running; each may take ten seconds.
   */
  async run(workspaceId: WorkspaceId, id: string, options: TestNetworkRequest): Promise<TestNetworkResponse> {
    const at = new Date();
    const { answer, linkId, event, ip } = await this.running.run(workspaceId, () =>
      this.test(workspaceId, id, options),
    );
    const { ok, steps, clickId, postbackId, verdict, reason } = answer;
    const { eventType = null, payout = null } = event ?? {};
    const result = { _id: id, at, ok, steps, linkId, clickId, postbackId, verdict, reason, eventType, payout, ip };
    await this.results.save(workspaceId, result);
    return answer;
  }

  private async test(workspaceId: WorkspaceId, id: string, options: TestNetworkRequest): Promise<Tested> {
    const network = await this.networks.read(workspaceId, id);
    const steps = new TestSteps();
    const link = await this.chooseLink(workspaceId, network, options.linkId);
    if (link === undefined) {
      steps.add('link', false, 'The test needs a link, and there is none: create a link.');
      return { answer: { ok: false, steps: steps.list, ...NOTHING }, linkId: null, event: undefined, ip: null };
    }
    const linkId = link._id;
    steps.add('link', true, `${link.hostname}/${link.slug} (${link._id})`);
    const clickId = await this.testClicks.make(workspaceId, link);
    steps.add('click', true, `${clickId}: a signed click id that is marked as a test`);
    const run = { network, link, clickId, steps };
    followRedirect(run);

    const url = this.urlFor(run, options);
    const entry = await this.send(run, url);
    if (entry === undefined) {
      return { answer: { ok: false, steps: steps.list, ...NOTHING, clickId }, linkId, event: undefined, ip: null };
    }
    // Read again: the log does not keep the event of a test, and a refused request was not interpreted.
    const { read, finding } = await this.previewer.again(network, entry);
    const { _id: postbackId, verdict, reason, hint } = entry;
    addReading(steps, entry, finding);
    steps.add('verdict', verdict === 'test', [reason ?? verdict, hint].filter(Boolean).join(': '));
    const wouldBe = read ? toReadEvent(read) : null;
    const answer = { ok: steps.ok, steps: steps.list, clickId, postbackId, verdict, reason, hint, wouldBe };
    return { answer, linkId, event: read, ip: entry.ip };
  }

  private async chooseLink(
    workspaceId: WorkspaceId,
    { _id: networkId }: Network,
    linkId: string | undefined,
  ): Promise<Link | undefined> {
    if (linkId !== undefined) {
      const link = await this.links.findOne(workspaceId, { _id: linkId, live: true });
      if (link) return link;
      const message = 'there is no such link in this workspace';
      throw ProblemException.invalid({ path: 'linkId', code: 'unknown_link', message });
    }
    const newest = async (filter: object): Promise<Link | undefined> =>
      (await this.links.page(workspaceId, { ...filter, live: true }, { limit: 1 })).rows[0];
    return (await newest({ networkId })) ?? newest({});
  }

  private urlFor({ network, clickId }: Run, options: TestNetworkRequest): string {
    const { postbackUrls, postbackUrl } = this.networks.present(network);
    // Some networks have a separate URL for each event, which contains the event.
    const ofEvent = postbackUrls.find(({ event }) => event !== null && event === options.event);
    return buildTestUrl({
      template: ofEvent?.url ?? postbackUrl,
      dialect: this.dialects.of(network).dialect,
      security: network.security,
      clickId,
      txid: newId('pbk').replace('pbk_', 'test-'),
      options: ofEvent === undefined ? options : { ...options, event: undefined },
      now: new Date(),
    });
  }

  /** Sends through the public URL. If that fails, sends to this process directly, to find where the path is broken. */
  private async send(run: Run, url: string): Promise<Postback | undefined> {
    const entry = await this.sendTo('request', run, url);
    if (entry !== undefined) return entry;
    const { pathname, search, host } = new URL(url);
    const { host: own, port } = this.settings;
    const local = `http://${ANYWHERE.has(own) ? '127.0.0.1' : own.includes(':') ? `[${own}]` : own}:${port}`;
    return this.sendTo('request_locally', run, `${local}${pathname}${search}`, host);
  }

  private async sendTo(name: string, run: Run, url: string, host?: string): Promise<Postback | undefined> {
    const result = await probe(this.outbound, url, TIMEOUT_MS, host);
    const shown = `GET ${maskedUrl(url, run.network)}`;
    if (!result.ok) {
      run.steps.add(name, false, `${shown} failed: ${result.error}. ${WHERE_IT_BREAKS[name] ?? ''}`.trim(), result.ms);
      return undefined;
    }
    run.steps.add(name, true, shown, result.ms);
    const entry = await this.entryOf(run, result);
    const problem = answerProblem(result.status, result.location, entry !== undefined);
    const answer = `${result.status} ${result.body.slice(0, 300)}`.trim();
    run.steps.add('answer', problem === undefined, problem === undefined ? answer : `${answer}. ${problem}`);
    return entry;
  }

  /** Finds the log entry by the id in the answer. A text answer has none; then by the click id, which is new. */
  private async entryOf(
    { network, clickId }: Run,
    { body }: ProbeResult & { ok: true },
  ): Promise<Postback | undefined> {
    const { workspaceId, _id: networkId } = network;
    const [, id] = /"postbackId"\s*:\s*"(pbk_\w+)"/.exec(body) ?? [];
    if (id !== undefined) return this.postbacks.findOne(workspaceId, { _id: id, networkId });
    return (await this.postbacks.page(workspaceId, { networkId, clickId }, { limit: 1 })).rows[0];
  }
}

const NOTHING = { clickId: null, postbackId: null, verdict: null, reason: null, hint: null, wouldBe: null };

const WHERE_IT_BREAKS: Record<string, string> = {
  request: 'Networks cannot reach it either: check PUBLIC_URL, DNS, the proxy and the firewall.',
  request_locally: 'This process cannot reach itself, even locally: check HOST, PORT and the firewall of this machine.',
};

/** Adds the step that checks that the link's destination carries the click id. */
function followRedirect({ link, clickId, steps }: Run): void {
  const compiled = new CompiledLink(link);
  const location =
    compiled.parts?.join(clickId) ??
    buildDestination(compiled.destination, {
      clickId,
      query: [],
      valueOf: ({ name }) => (name === 'click_id' ? clickId : ''),
    }) ??
    '';
  const isCarried = location.includes(clickId);
  const problem = isCarried ? '' : ' does not carry the click id: set clickIdParam, or write {click_id} into its url';
  steps.add('redirect', isCarried, `${location}${problem}`);
}

function addReading(
  steps: TestSteps,
  entry: Postback,
  { parameters = [], clickId }: AttributedPostback['finding'],
): void {
  const taken = readBack(entry, parameters)
    .filter(({ state }) => state === 'taken')
    .map(({ name, as, value }) => `${as ?? ''} = ${value} (${name})`);
  const isRead = typeof clickId === 'string';
  steps.add('reading', isRead, taken.join(', ') || (isRead ? 'the click id was found' : 'no click id was found'));
}

function maskedUrl(url: string, { key, security }: Network): string {
  const [base = '', query = ''] = url.split('?');
  const secrets = [security.token?.value, security.hmac?.secret].filter((text) => text !== undefined && text !== '');
  let shown = `${base.replace(key, maskKey(key))}?${maskParameters(query)}`;
  for (const secret of secrets) shown = shown.replaceAll(encodeURIComponent(secret as string), '***');
  return shown;
}
