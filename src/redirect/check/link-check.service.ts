import { parseUrl } from '../../platform/urls/parse-url.js';
import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { DomainsService } from '../../domains/domains.service.js';
import { CheckResultsRepository } from '../../links/check-results/check-results.repository.js';
import type { CompiledLink } from '../../links/rules/compiled-link.js';
import { signatureParam } from '../../links/rules/warnings/signed-url.js';
import { definedOnly } from '../../platform/collections/defined-only.js';
import { FairQueue } from '../../platform/concurrency/fair-queue.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { OutboundError, type OutboundErrorCode } from '../../platform/outbound/outbound-error.js';
import { Outbound } from '../../platform/outbound/outbound.service.js';
import type { SimulateRequest } from '../simulate/simulate.dto.js';
import { type DryRun, Simulator } from '../simulate/simulator.service.js';
import type { CheckHopResponse, CheckResponse, WithoutAppendedResponse } from './check.dto.js';
import { type CheckCode, type CheckProblem, compareHops, metaRefresh } from './compare-hops.js';
import { type FramedPage, frameProblems } from './framing.js';

const MAX_HOPS = 10;
const HOP_MS = 8_000;
/** Time for all hops together, so that a slow destination does not block the queue. */
const CHECK_MS = 40_000;
/** One check of a workspace at a time, so that no workspace blocks the others. */
const LIMITS = {
  atOnce: 4,
  atOncePerKey: 1,
  waiting: 8,
  waitingPerKey: 2,
  maxWaitMs: 10_000,
  retryAfterSeconds: 5,
};
const REFUSALS = {
  own: 'Another link of this workspace is being checked.',
  all: 'Links of other workspaces are being checked.',
};
const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 HopbackCheck';
/** The default query of the visit. It shows whether sub ids arrive. */
const EXAMPLE_QUERY = { sub1: 'hopback-check' };

const CODES: Partial<Record<OutboundErrorCode, CheckCode>> = {
  tls_error: 'tls_error',
  dns_error: 'dns_error',
  timeout: 'timeout',
  connect_error: 'connect_error',
  headers_too_large: 'http_error',
  answer_invalid: 'http_error',
};

type CheckOutcome = Omit<CheckResponse, 'checkedAt'>;

const NEVER_CHECKED = (): ProblemException =>
  new ProblemException('not_checked', 'This link has not been checked yet: POST to the same address to check it.');

/** The outcome of one request. */
interface Step {
  hop: CheckHopResponse;
  next?: string | undefined;
  problem?: CheckProblem;
  /** The headers of an answer that is not a redirect. */
  page?: IncomingHttpHeaders;
}

/** Follows the redirects of a visit to the end, and checks whether the click id arrives. */
@Injectable()
export class LinkCheck {
  private readonly queue = new FairQueue(LIMITS, REFUSALS);

  constructor(
    private readonly simulator: Simulator,
    private readonly outbound: Outbound,
    private readonly domains: DomainsService,
    private readonly results: CheckResultsRepository,
  ) {}

  /**
   * Sends real requests with a test click id, whose conversions never count. The result replaces that of the last check.
   * @throws ProblemException when too many checks run.
   */
  async check(link: CompiledLink, visitor: SimulateRequest): Promise<CheckResponse> {
    const { id, workspaceId } = link;
    const description = { userAgent: BROWSER, query: EXAMPLE_QUERY, ...definedOnly(visitor) };
    const outcome = await this.queue.run(workspaceId, () => this.follow(link, description));
    const checkedAt = new Date();
    const hops = outcome.hops.map(({ url, status, ms }) => ({ url, status, ms }));
    await this.results.save(workspaceId, { ...outcome, _id: id, checkedAt, hops });
    return { checkedAt: checkedAt.toISOString(), ...outcome };
  }

  /** The result of the last check. @throws ProblemException 404 when the link was never checked. */
  async getLast(workspaceId: WorkspaceId, linkId: string): Promise<CheckResponse> {
    const found = await this.results.findById(workspaceId, linkId);
    if (found === undefined) throw NEVER_CHECKED();
    const { checkedAt, ok, hops, problems, withoutAppended } = found;
    return {
      checkedAt: checkedAt.toISOString(),
      ok,
      hops: hops.map((hop) => ({ ...hop, params: paramsOf(hop.url) })),
      problems: problems as CheckProblem[],
      withoutAppended,
    };
  }

  private async follow(link: CompiledLink, visitor: SimulateRequest): Promise<CheckOutcome> {
    const signal = AbortSignal.timeout(CHECK_MS);
    const dryRun = await this.simulator.dryRun(link, visitor);
    const { answer, clickId, isFramed } = dryRun;
    if (answer.location === null) {
      return unfollowed('no_destination', `the link does not redirect this visitor: ${answer.stop}`);
    }
    if (!/^https?:/i.test(answer.location)) {
      return unfollowed('not_a_page', `${answer.location} opens an app and cannot be followed`);
    }
    const hops: CheckHopResponse[] = [];
    const pages: FramedPage[] = [];
    const ending: CheckProblem[] = [];
    let next: string | undefined = answer.location;
    while (next !== undefined) {
      const hop = hops.length;
      const isLoop = hops.some(({ url }) => url === next);
      if (isLoop || hop === MAX_HOPS) {
        const code = isLoop ? 'loop' : 'too_many_hops';
        ending.push({
          hop: hop - 1,
          code,
          message: isLoop ? `it redirects back to ${next}` : `more than ${MAX_HOPS} hops`,
        });
        break;
      }
      const step = await this.request(next, visitor.userAgent ?? BROWSER, { hop, signal });
      hops.push(step.hop);
      if (step.problem) ending.push(step.problem);
      if (step.page) pages.push({ hop, url: next, headers: step.page });
      next = step.next;
    }
    const arrived = hops.filter(({ status }, i) => status > 0 || i === 0).map(({ url }) => url);
    const framer = new URL(this.domains.originOf(link.hostname));
    const framing = isFramed ? frameProblems(arrived, pages, framer) : [];
    const userAgent = visitor.userAgent ?? BROWSER;
    const withoutAppended = await this.askWithoutAppended(dryRun, hops[0], { userAgent, signal });
    const isRefusedFirst = hops[0] !== undefined && isRefused(hops[0]);
    const refusal = withoutAppended?.ok === true && isRefusedFirst ? [APPENDED_REFUSED] : [];
    const found = [...compareHops(arrived, clickId), ...framing, ...ending, ...refusal];
    const problems = found.toSorted((a, b) => a.hop - b.hop);
    return { ok: problems.length === 0, hops, problems, withoutAppended };
  }

  /** Requests a destination that is signed or refuses the visit once more, without appended parameters. */
  private async askWithoutAppended(
    { answer: { location }, bareLocation }: DryRun,
    first: CheckHopResponse | undefined,
    { userAgent, signal }: { userAgent: string; signal: AbortSignal },
  ): Promise<WithoutAppendedResponse | null> {
    if (bareLocation === null || bareLocation === location || first === undefined) return null;
    if (!isRefused(first) && signatureParam(bareLocation) === undefined) return null;
    const { hop } = await this.request(bareLocation, userAgent, { hop: 0, signal });
    return { url: bareLocation, status: hop.status, ok: hop.status > 0 && !isRefused(hop) };
  }

  private async request(
    url: string,
    userAgent: string,
    { hop, signal }: { hop: number; signal: AbortSignal },
  ): Promise<Step> {
    const startedAt = performance.now();
    const toHop = (status: number): CheckHopResponse => ({
      url,
      status,
      ms: Math.round(performance.now() - startedAt),
      params: paramsOf(url),
    });
    try {
      const headers = { 'user-agent': userAgent, accept: 'text/html,*/*;q=0.8' };
      const {
        status,
        headers: received,
        body,
      } = await this.outbound.request(url, {
        headers,
        deadlineMs: HOP_MS,
        signal,
      });
      if (status >= 400)
        return { hop: toHop(status), problem: { hop, code: 'http_error', message: `status ${status}` } };
      const isPage = status < 300;
      const location = isPage ? metaRefresh(body.toString('latin1')) : received.location;
      const next = location === undefined ? undefined : absolute(location, url);
      return { hop: toHop(status), next, ...(isPage && { page: received }) };
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      const code = error.isRefusal ? 'blocked' : (CODES[error.code] ?? 'connect_error');
      return { hop: toHop(0), problem: { hop, code, message: error.message } };
    }
  }
}

function unfollowed(code: CheckCode, message: string): CheckOutcome {
  return { ok: false, hops: [], problems: [{ hop: 0, code, message }], withoutAppended: null };
}

function isRefused({ status }: CheckHopResponse): boolean {
  return status >= 400;
}

const APPENDED_REFUSED: CheckProblem = {
  hop: 0,
  code: 'appended_refused',
  message:
    'the destination works only without the parameters that this link appends: set clickIdParam to null and forwardQuery to "none"',
};

/** Resolves a location. An invalid one is returned unchanged; the request for it fails with a reason. */
function absolute(location: string, base: string): string {
  return parseUrl(location, base)?.href ?? location;
}

function paramsOf(url: string): Record<string, string> {
  return Object.fromEntries(parseUrl(url)?.searchParams ?? []);
}
