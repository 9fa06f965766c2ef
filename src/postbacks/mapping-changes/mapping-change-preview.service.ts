import { Injectable } from '@nestjs/common';
import { definedOnly } from '../../platform/collections/defined-only.js';
import { NetworksService } from '../../networks/networks.service.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { Within } from '../../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { PostbackPreviewer } from '../debugger/postback-previewer.service.js';
import type { Postback } from '../postback.schema.js';
import { PostbacksRepository } from '../postbacks.repository.js';
import { effectiveMoves, mappingEffect } from '../rules/mapping-effect.js';
import type { MappingChangePreviewResponse, MappingChangeRequest } from './mapping-changes.dto.js';

const MAX_PREVIEWED = 2_000;

/** Shows the effect of a changed mapping before it is made: a dry run of the network's waiting postbacks. Nothing is stored. */
@Injectable()
export class MappingChangePreview {
  constructor(
    private readonly networks: NetworksService,
    private readonly postbacks: PostbacksRepository,
    private readonly previewer: PostbackPreviewer,
  ) {}

  /** @throws ProblemException 404, 422. */
  async preview(
    workspaceId: WorkspaceId,
    networkId: string,
    input: MappingChangeRequest,
  ): Promise<MappingChangePreviewResponse> {
    assertDialectGiven(input);
    const network = this.networks.withDialect(await this.networks.read(workspaceId, networkId), input);
    const waiting = { networkId, waitsUntil: { $gt: new Date() } } as Within<Postback>;
    const found = await this.postbacks.scan(workspaceId, waiting, { limit: MAX_PREVIEWED + 1 });
    const entries = found.slice(0, MAX_PREVIEWED);
    // One after the other on the same conversions, because repeats among them count once.
    const { previews, changes } = await this.previewer.againInOrder(network, entries);
    const previewed = entries.map(({ _id }, i) => {
      const { verdict = 'rejected', finding } = previews[i] ?? {};
      return { postbackId: _id, verdict, reason: finding?.reason ?? null, hint: finding?.hint ?? null };
    });
    const moves = effectiveMoves([...changes.inserts.map((after) => ({ after })), ...changes.updates]);
    return { ...mappingEffect(previewed, moves), complete: found.length === entries.length };
  }
}

/** @throws ProblemException 422 for a change of nothing. */
export function assertDialectGiven(input: MappingChangeRequest): void {
  if (Object.keys(definedOnly(input)).length > 0) return;
  const message = 'give at least one field to change, such as mapping';
  throw ProblemException.invalid({ path: 'mapping', code: 'required', message });
}
