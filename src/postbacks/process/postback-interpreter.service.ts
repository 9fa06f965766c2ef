import { Injectable } from '@nestjs/common';
import type { ClickIdReadings } from '../../clicks/rules/click-id-readings.js';
import { ClickIdService } from '../../clicks/click-id.service.js';
import type { Network, NetworkMapping } from '../../networks/network.schema.js';
import { readEvent } from '../../networks/rules/reading/read-event.js';
import type { EventReading } from '../../networks/rules/reading/reading.js';
import { withAdditions } from '../../networks/rules/reading/mapping-additions.js';
import type { Money } from '../../platform/money/money.js';
import type { Notice } from '../../platform/vocabulary/notice.js';
import type { PostbackOrigin } from '../postback.schema.js';
import { type ParametersReading, type RawRequest, readParameters } from '../rules/reading/parameters.js';
import { NetworkDialects } from './network-dialects.service.js';
import { withPageTrust, withPayout } from '../rules/adjust-reading.js';
import { clickIdOf } from '../rules/findings.js';

/** A request in the terms of this application. `ok: false`: its parameters could not be read. */
export type Interpretation =
  | { ok: false; message: string; notices: readonly Notice[] }
  | {
      ok: true;
      reading: EventReading;
      /** The click ids that were verified while reading. */
      clickIds: ClickIdReadings;
      /** The network's character set, if it was used. */
      charset: string | undefined;
      notices: readonly Notice[];
    };

/** Translates parameters to an event by the network's mapping. Nothing is looked up or stored. */
@Injectable()
export class PostbackInterpreter {
  constructor(
    private readonly clickIds: ClickIdService,
    private readonly dialects: NetworkDialects,
  ) {}

  /** @param payout a manual amount that replaces an unreadable one. */
  interpret(network: Network, parameters: ParametersReading, origin: PostbackOrigin, payout?: Money): Interpretation {
    if (!parameters.ok) return parameters;
    const { dialect, pageDialect } = this.dialects.of(network);
    const clickIds = this.clickIds.readings();
    const spoken = origin === 'postback' ? dialect : pageDialect;
    const read = readEvent(parameters.parameters, spoken, (value) => clickIds.of(value).ok);
    const reading = withPageTrust(withPayout(read, payout), network, origin);
    const { charset, notices } = parameters;
    return { ok: true, reading, clickIds, charset, notices };
  }

  /** The click id in a request; `null` if there is none. */
  clickIdOf(network: Network, parameters: ParametersReading, origin: PostbackOrigin): string | null {
    const interpretation = this.interpret(network, parameters, origin);
    return interpretation.ok ? (clickIdOf(interpretation.reading).clickId ?? null) : null;
  }

  /** The network's mapping, extended so that more of this request can be read; `null` if nothing can be added. */
  suggestMapping(network: Network, request: RawRequest, origin: PostbackOrigin): NetworkMapping | null {
    const interpretation = this.interpret(network, readRequest(network, request), origin);
    if (!interpretation.ok || origin !== 'postback') return null;
    return withAdditions(network.mapping, interpretation.reading.additions);
  }
}

/** Reads the parameters of a request to this network. */
export function readRequest(
  { mapping }: Pick<Network, 'mapping'>,
  { query, body, contentType, notices }: RawRequest,
): ParametersReading {
  return readParameters({ query, body, contentType, charset: mapping.charset, notices });
}
