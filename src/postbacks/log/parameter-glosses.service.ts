import { Injectable } from '@nestjs/common';
import { ClickIdService } from '../../clicks/click-id.service.js';
import type { Network } from '../../networks/network.schema.js';
import { meaningsOf } from '../../networks/rules/reading/read-words.js';
import type { PostbackOrigin } from '../postback.schema.js';
import { NetworkDialects } from '../process/network-dialects.service.js';
import { type Gloss, glossOf } from '../rules/gloss.js';
import type { ShownParameter } from './read-back.js';

/** A parameter as the API shows it. */
export type GlossedParameter = ShownParameter & Gloss;

/** Puts the meaning of each parameter of a request into words. */
@Injectable()
export class ParameterGlosses {
  constructor(
    private readonly clickIds: ClickIdService,
    private readonly dialects: NetworkDialects,
  ) {}

  /** @param network absent if it was deleted; words then have no meaning. */
  gloss(
    network: Network | undefined,
    parameters: readonly ShownParameter[],
    { reason, origin }: { reason: string | null; origin: PostbackOrigin },
  ): GlossedParameter[] {
    const known = network && this.dialects.of(network);
    const sent = (as: string): string | undefined =>
      parameters.find((one) => one.as === as && one.state === 'taken')?.value;
    const dialect = origin === 'pixel' ? known?.pageDialect : known?.dialect;
    const context = {
      isClickId: (value: string) => this.clickIds.read(value).ok,
      isSecretName: (name: string) => known?.masking.names.has(name.toLowerCase()) ?? false,
      words: dialect === undefined ? {} : meaningsOf(dialect, { event: sent('event'), status: sent('status') }),
      reason,
    };
    return parameters.map((parameter) => ({ ...parameter, ...glossOf(parameter, context) }));
  }
}
