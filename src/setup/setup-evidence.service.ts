import { Injectable } from '@nestjs/common';
import type { Click } from '../clicks/click.schema.js';
import { ClicksRepository } from '../clicks/clicks.repository.js';
import { ConversionEvidence, type SampledConversion } from '../conversions/conversion-evidence.service.js';
import { DomainsService } from '../domains/domains.service.js';
import type { Link } from '../links/link.schema.js';
import { LinksRepository } from '../links/links.repository.js';
import { NetworksService } from '../networks/networks.service.js';
import { isTooSlow } from '../platform/mongo/mongo-errors.js';
import type { Within } from '../platform/mongo/tenant.repository.js';
import type { NetworkTestResult } from '../postbacks/debugger/network-test-result.schema.js';
import { NetworkTestResults } from '../postbacks/debugger/network-test-results.repository.js';
import { PostbackEvidence } from '../postbacks/log/postback-evidence.service.js';
import type { Caller, Viewer } from '../workspaces/caller.js';
import { LinkRestrictions } from '../workspaces/restrictions/link-restrictions.service.js';
import { limitsCondition } from '../workspaces/restrictions/rules/link-limits.js';
import { allows, type Scope } from '../workspaces/scopes.js';
import { LinkCheckEvidenceReader } from './link-check-evidence.service.js';
import { SETUP_STEP_IDS, type SetupStepId } from './rules/setup-steps.js';
import { destinationHostOf } from './rules/destination-host.js';
import type {
  ClickEvidence,
  ConversionEvidenceFacts,
  LatestLinkEvidence,
  LinkEvidence,
  NetworkEvidence,
  RequestEvidence,
  SetupEvidence,
  TestEvidence,
} from './rules/setup-evidence.js';

const MAX_TIME_MS = 1_000;

/** The scope without which a step is hidden. */
const SCOPES: Readonly<Record<SetupStepId, Scope>> = {
  link: 'links:read',
  click: 'clicks:read',
  network: 'networks:read',
  testConversion: 'networks:read',
  conversion: 'conversions:read',
  transactionIds: 'conversions:read',
  parameters: 'conversions:read',
};

/** Looks up what was seen of the set-up of a workspace. Each look-up is one bounded query by an index. */
@Injectable()
export class SetupEvidenceService {
  constructor(
    private readonly links: LinksRepository,
    private readonly domains: DomainsService,
    private readonly clicks: ClicksRepository,
    private readonly networks: NetworksService,
    private readonly testResults: NetworkTestResults,
    private readonly conversions: ConversionEvidence,
    private readonly postbacks: PostbackEvidence,
    private readonly linkChecks: LinkCheckEvidenceReader,
    private readonly restrictions: LinkRestrictions,
  ) {}

  /** Looks up only what the scopes of the caller allow. */
  async find(caller: Caller): Promise<SetupEvidence> {
    const hidden = SETUP_STEP_IDS.filter((id) => !allows(caller.scopes, SCOPES[id]));
    const ifShown = <T>(id: SetupStepId, look: () => Promise<T>): Promise<T | undefined> =>
      hidden.includes(id) ? Promise.resolve(undefined) : look();
    const [link, latest, click, result, sampled, requests, linkCheck] = await Promise.all([
      this.findLink(caller, 1),
      this.findLink(caller, -1),
      ifShown('click', () => this.findClick(caller)),
      ifShown('testConversion', () => this.findTest(caller)),
      ifShown('conversion', () => this.conversions.sample(caller)),
      this.findRequests(caller),
      ifShown('parameters', () => this.linkChecks.findLast(caller)),
    ]);
    const conversions = (sampled ?? []).map(toConversion);
    const networkId = conversions[0]?.networkId ?? result?._id;
    const [network, latestLink, test] = await Promise.all([
      ifShown('network', () => this.findNetwork(caller, networkId)),
      latest && this.toLatestLink(latest),
      result && this.toTest(caller, result),
    ]);
    const found = { latestLink, click, network, test, conversions, requests, linkCheck };
    return { now: new Date(), hidden, link: link && this.toLink(link), ...found };
  }

  /** The address from which the first report of a conversion came; `null` for callers that may not read the log. */
  async addressOf(caller: Caller, postbackId: string): Promise<string | null> {
    return seesLog(caller) ? this.postbacks.addressOf(caller.workspaceId, postbackId) : null;
  }

  private async findLink({ workspaceId, restrictions }: Viewer, order: 1 | -1): Promise<Link | undefined> {
    const filter = { live: true, ...limitsCondition(restrictions.linkLimits) } as Within<Link>;
    const options = { sort: { _id: order }, limit: 1, maxTimeMs: MAX_TIME_MS };
    return (await this.links.findMany(workspaceId, filter, undefined, options))[0];
  }

  private async findClick(viewer: Viewer): Promise<ClickEvidence | undefined> {
    const visible = await this.restrictions.conditionFor(viewer);
    const filter = { isTest: { $ne: true }, ...visible } as Within<Click>;
    const options = { sort: { at: 1 }, limit: 1, maxTimeMs: MAX_TIME_MS } as const;
    const [click] = await this.clicks
      .findMany(viewer.workspaceId, filter, undefined, options)
      .catch((error: unknown): Click[] => {
        // A member's few links among very many clicks of others: nothing is known of them in time.
        if (isTooSlow(error)) return [];
        throw error;
      });
    if (click === undefined) return undefined;
    const { _id: clickId, linkId, country = null, device = null, botReason, at } = click;
    return { clickId, linkId, country, device, isBot: botReason !== undefined, at };
  }

  /** The network of the first conversion, else of the last test, else the newest one. */
  private async findNetwork(caller: Caller, id: string | null | undefined): Promise<NetworkEvidence | undefined> {
    const { workspaceId } = caller;
    const named = typeof id === 'string' ? await this.networks.find(workspaceId, id) : undefined;
    const network = named ?? (await this.networks.page(workspaceId, { limit: 1, cursor: undefined })).rows[0];
    if (network === undefined) return undefined;
    const { name, preset, clickIdParam, postbackUrl } = this.networks.presentTo(caller, network);
    return { networkId: network._id, name, preset, clickIdParam, postbackUrl, at: network.createdAt };
  }

  private async findTest(viewer: Viewer): Promise<NetworkTestResult | undefined> {
    const result = await this.testResults.findLast(viewer.workspaceId);
    if (result === undefined || viewer.restrictions.linkLimits === null) return result;
    if (result.linkId === null) return undefined;
    return (await this.restrictions.visibleOf(viewer, [result.linkId])).has(result.linkId) ? result : undefined;
  }

  private async findRequests(caller: Caller): Promise<RequestEvidence[]> {
    if (!seesLog(caller)) return [];
    const entries = await this.postbacks.latest(caller.workspaceId);
    return entries.map(({ _id: postbackId, networkId, verdict, reason, receivedAt: at }) => ({
      postbackId,
      networkId,
      verdict,
      reason,
      at,
    }));
  }

  private toLink({ _id: linkId, hostname, slug, url, createdAt: at }: Link): LinkEvidence {
    return { linkId, shortUrl: this.shortUrlOf(hostname, slug), destinationHost: destinationHostOf(url), at };
  }

  private async toLatestLink(link: Link): Promise<LatestLinkEvidence> {
    const { _id: linkId, hostname, slug, workspaceId } = link;
    return {
      linkId,
      shortUrl: this.shortUrlOf(hostname, slug),
      hostname,
      networkId: link.networkId ?? null,
      clickIdParam: link.clickIdParam,
      isPaused: link.paused,
      startsAt: link.startsAt ?? null,
      expiresAt: link.expiresAt ?? null,
      isServed: (await this.domains.findOwner(hostname)) === workspaceId,
    };
  }

  /** `undefined` when its network was deleted. Details of steps show requests, with their amounts. */
  private async toTest(caller: Caller, result: NetworkTestResult): Promise<TestEvidence | undefined> {
    const { _id: networkId, ok, postbackId, reason, eventType, payout, ip, at } = result;
    if ((await this.networks.find(caller.workspaceId, networkId)) === undefined) return undefined;
    const isShown = seesLog(caller);
    const steps = result.steps.map((step) => ({ ...step, detail: isShown ? step.detail : null }));
    return { ok, networkId, postbackId, reason, eventType, payout, ip: isShown ? ip : null, at, steps };
  }

  private shortUrlOf(hostname: string, slug: string): string {
    return `${this.domains.originOf(hostname)}/${encodeURI(slug)}`;
  }
}

/** Requests are seen by callers with the scope of the log. Those with link limits see nothing of it. */
function seesLog({ scopes, restrictions }: Caller): boolean {
  return allows(scopes, 'postbacks:read') && restrictions.linkLimits === null && !restrictions.hidesMoney;
}

function toConversion(conversion: SampledConversion): ConversionEvidenceFacts {
  const { _id: conversionId, eventType, isFtd, status, payout, txid, flags, clickId, linkId, networkId } = conversion;
  const isTxidReused = flags?.includes('txid_reused') ?? false;
  const sourceId = conversion.history[0]?.sourceId ?? null;
  const facts = { conversionId, eventType, isFtd, status, payout, txid, isTxidReused, clickId, linkId, networkId };
  return { ...facts, sourceId, at: conversion.convertedAt };
}
