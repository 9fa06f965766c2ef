import { Injectable } from '@nestjs/common';
import { ConversionsService } from '../../conversions/conversions.service.js';
import type { Network } from '../../networks/network.schema.js';
import { NetworksService } from '../../networks/networks.service.js';
import { formatMoney } from '../../platform/money/money.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Postback } from '../postback.schema.js';
import { PostbackInterpreter, readRequest } from '../process/postback-interpreter.service.js';
import { type HeadlineFacts, headlineOf } from '../rules/headline.js';
import { type PostbackSummary, type ReportedConversion, summaryOf } from '../rules/postback-summary.js';
import { type DerivedAnswer, derivedAnswer } from './derived-answer.js';
import { ParameterGlosses } from './parameter-glosses.service.js';
import type { PostbackResponse } from './postback-log.dto.js';
import { contentTypeOf, readBack } from './read-back.js';

/** Shows log entries in the API, with what networks and conversions tell about them. */
@Injectable()
export class PostbackPresenter {
  constructor(
    private readonly networks: NetworksService,
    private readonly conversions: ConversionsService,
    private readonly interpreter: PostbackInterpreter,
    private readonly glosses: ParameterGlosses,
  ) {}

  /** With one query for all their networks, and one for all their conversions. */
  async present(workspaceId: WorkspaceId, postbacks: readonly Postback[]): Promise<PostbackResponse[]> {
    const networkIds = [...new Set(postbacks.map(({ networkId }) => networkId))];
    const conversionIds = [...new Set(postbacks.flatMap(({ conversionId }) => conversionId ?? []))];
    const [networks, conversions] = await Promise.all([
      this.networks.findAll(workspaceId, networkIds),
      this.conversions.findReported(workspaceId, conversionIds),
    ]);
    return postbacks.map((postback) => {
      const conversion = conversions.get(postback.conversionId ?? '');
      return this.toResponse(postback, networks.get(postback.networkId), conversion);
    });
  }

  async presentOne(postback: Postback): Promise<PostbackResponse & { answer: DerivedAnswer }> {
    const { workspaceId, networkId } = postback;
    const [[shown], network] = await Promise.all([
      this.present(workspaceId, [postback]),
      this.networks.find(workspaceId, networkId),
    ]);
    return { ...(shown as PostbackResponse), answer: derivedAnswer(network, postback) };
  }

  private toResponse(
    postback: Postback,
    network: Network | undefined,
    conversion: ReportedConversion | undefined,
  ): PostbackResponse {
    // Entries of earlier releases do not have these fields.
    const { parameters = [], attempts = [], origin = 'postback' } = postback as Partial<Postback>;
    const { verdict, reason, method } = postback;
    const glossed = this.glosses.gloss(network, readBack(postback, parameters), { reason, origin });
    const summary = summaryOf(postback._id, glossed, conversion);
    const event = verdict === 'test' ? this.testEvent(postback, network) : reportedEvent(summary);
    return {
      id: postback._id,
      networkId: postback.networkId,
      receivedAt: postback.receivedAt.toISOString(),
      origin,
      method,
      path: postback.path,
      query: postback.query,
      body: postback.body,
      headers: Object.fromEntries(postback.headers.map(({ name, value }) => [name, value])),
      ip: postback.ip,
      headline: headlineOf({ verdict, reason, method, parameters: glossed, event }),
      summary: { ...summary, payout: formatMoney(summary.payout) },
      parameters: glossed,
      verdict,
      reason,
      hint: postback.hint,
      clickId: postback.clickId,
      linkId: postback.linkId,
      conversionId: postback.conversionId,
      waitsUntil: postback.waitsUntil?.toISOString() ?? null,
      attempts: attempts.map(({ at, ...rest }) => ({ at: at.toISOString(), ...rest })),
    };
  }

  /** A test changes no conversion: its event is what the current mapping reads. */
  private testEvent(postback: Postback, network: Network | undefined): HeadlineFacts['event'] {
    if (network === undefined) return null;
    const { query, body } = postback;
    const { origin = 'postback' } = postback as Partial<Postback>;
    const request = { query, body, contentType: contentTypeOf(postback) };
    const interpretation = this.interpreter.interpret(network, readRequest(network, request), origin);
    return interpretation.ok && interpretation.reading.kind === 'event' ? interpretation.reading.event : null;
  }
}

function reportedEvent({ eventType, ...rest }: PostbackSummary): HeadlineFacts['event'] {
  return eventType === null ? null : { eventType, ...rest };
}
