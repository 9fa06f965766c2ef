import { Injectable } from '@nestjs/common';
import { NetworkCache } from '../../networks/cache/network-cache.service.js';
import { NetworksService } from '../../networks/networks.service.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Network } from '../../networks/network.schema.js';
import { formatMoney } from '../../platform/money/money.js';
import type { ReadEvent } from '../../networks/rules/reading/reading.js';
import type {
  PreviewPostbackRequest,
  PreviewPostbackResponse,
  PreviewProblemResponse,
  ReadEventResponse,
  WouldBeResponse,
} from './network-debugger.dto.js';
import { unpackRequest } from './pasted-request.js';
import { PostbackPreviewer, type Preview } from './postback-previewer.service.js';
import { PostbackInterpreter } from '../process/postback-interpreter.service.js';
import { ParameterGlosses } from '../log/parameter-glosses.service.js';
import { headlineOf } from '../rules/headline.js';
import { readBack } from '../log/read-back.js';

/** Previews the result of a pasted request. Nothing is stored or logged. */
@Injectable()
export class NetworkPreview {
  constructor(
    private readonly networks: NetworksService,
    private readonly networkCache: NetworkCache,
    private readonly previewer: PostbackPreviewer,
    private readonly interpreter: PostbackInterpreter,
    private readonly glosses: ParameterGlosses,
  ) {}

  async preview(
    workspaceId: WorkspaceId,
    id: string,
    { mapping: draft, ...pasted }: PreviewPostbackRequest,
  ): Promise<PreviewPostbackResponse> {
    if ((pasted.url === undefined) === (pasted.query === undefined && pasted.body === undefined)) {
      const message = 'paste either a whole url, or query and body';
      throw ProblemException.invalid({ path: 'url', code: 'one_of', message });
    }
    const stored = await this.networks.read(workspaceId, id);
    const network = draft === undefined ? stored : this.networks.withDialect(stored, { mapping: draft });
    const { request, key } = unpackRequest(pasted);
    const preview = await this.previewer.preview(network, request);
    const { finding, verdict } = preview;
    const headers = [{ name: 'content-type', value: request.contentType }];
    const mapping = this.interpreter.suggestMapping(network, request, 'postback');
    const { charset, reason = null } = finding;
    const shown = readBack(
      { ...request, headers, ...(charset !== undefined && { charset }) },
      finding.parameters ?? [],
    );
    const parameters = this.glosses.gloss(network, shown, { reason, origin: 'postback' });
    const { method = 'GET' } = pasted;
    return {
      headline: headlineOf({ verdict, reason, method, parameters, event: preview.read ?? null }),
      parameters,
      verdict,
      reason,
      hint: finding.hint ?? null,
      clickId: finding.clickId ?? null,
      linkId: finding.linkId ?? null,
      event: preview.read ? toReadEvent(preview.read) : null,
      wouldBe: wouldBe(preview),
      suggestion: mapping && { mapping },
      problems: await this.problemsOf(network, key),
    };
  }

  private async problemsOf(network: Network, key: string | null | undefined): Promise<PreviewProblemResponse[]> {
    if (key === undefined || key === network.key || (key !== null && key === network.oldKey)) return [];
    if (key === null) {
      return [
        {
          code: 'no_key',
          message: 'This is not a postback URL of Hopback: its path must be /postback/ and a key.',
        },
      ];
    }
    const other = await this.networkCache.findByKey(key);
    // Another workspace's network is not revealed, not even that it exists.
    if (other?.workspaceId === network.workspaceId) {
      const message = `The key in this URL belongs to another network, "${other.name}" (${other._id}): the request would count there.`;
      return [{ code: 'other_network', message }];
    }
    const message = 'No network of this workspace has the key in this URL: the request would be answered 404.';
    return [{ code: 'unknown_key', message }];
  }
}

/** A read event as the API shows it. */
export function toReadEvent(event: ReadEvent): ReadEventResponse {
  const { eventType, isChargeback, status, networkStatus, payout, txid, playerId, time } = event;
  return {
    eventType,
    isChargeback,
    status,
    networkStatus,
    payout: formatMoney(payout),
    txid,
    playerId,
    time: time?.toISOString() ?? null,
  };
}

function wouldBe({ verdict, conversionId }: Preview): WouldBeResponse | null {
  const isOne = verdict === 'accepted' || verdict === 'updated' || verdict === 'duplicate';
  return isOne ? { verdict, conversionId } : null;
}
