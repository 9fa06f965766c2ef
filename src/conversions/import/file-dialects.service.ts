import { Injectable } from '@nestjs/common';
import type { Network } from '../../networks/network.schema.js';
import { PresetCatalogue } from '../../networks/catalogue/preset-catalogue.service.js';
import { NetworksService } from '../../networks/networks.service.js';
import { dialectOf } from '../../networks/rules/reading/dialect-of.js';
import type { NetworkDialect } from '../../networks/rules/reading/reading.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';

/** A file without a network has the common words only. */
const NO_DIALECT: NetworkDialect = { mapping: { params: {}, events: {}, statuses: {} }, defaults: {} };

/** How the words of a file are read: those of the network that it comes from, if it has one. */
@Injectable()
export class FileDialects {
  constructor(
    private readonly networks: NetworksService,
    private readonly presets: PresetCatalogue,
  ) {}

  /** @throws ProblemException 422 when there is no such network. */
  async of(
    workspaceId: WorkspaceId,
    networkId: string | null,
  ): Promise<{ network: Network | undefined; dialect: NetworkDialect }> {
    if (networkId === null) return { network: undefined, dialect: NO_DIALECT };
    const network = await this.networks.find(workspaceId, networkId);
    if (network === undefined) throw ProblemException.invalid(NO_SUCH_NETWORK);
    return { network, dialect: dialectOf(network, this.presets.find(network.preset)) };
  }
}

const NO_SUCH_NETWORK = {
  path: 'networkId',
  code: 'not_found',
  message: 'there is no such network in this workspace',
};
