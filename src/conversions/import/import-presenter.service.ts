import { Injectable } from '@nestjs/common';
import { NetworksService } from '../../networks/networks.service.js';
import { withAdditions } from '../../networks/rules/reading/mapping-additions.js';
import { completeImport } from './complete-import.js';
import type { ConversionImport } from './conversion-import.schema.js';
import type { ImportResponse, ImportSuggestionResponse } from './imports.dto.js';

/** Imports as the API shows them. */
@Injectable()
export class ImportPresenter {
  constructor(private readonly networks: NetworksService) {}

  async present(stored: ConversionImport): Promise<ImportResponse> {
    const order = completeImport(stored);
    const { _id, status, dryRun, networkId, rows, done, counts, ignoredColumns, warnings, problems, error } = order;
    return {
      id: _id,
      status,
      dryRun,
      networkId,
      rows,
      done,
      counts,
      ignoredColumns,
      notices: order.notices ?? [],
      warnings,
      suggestion: await this.suggestionFor(order),
      problems,
      error,
      createdAt: order.createdAt.toISOString(),
      updatedAt: order.updatedAt.toISOString(),
    };
  }

  private async suggestionFor(order: ConversionImport): Promise<ImportSuggestionResponse | null> {
    const { workspaceId, networkId, additions } = order;
    if (networkId === null || Object.keys(additions).length === 0) return null;
    const network = await this.networks.find(workspaceId, networkId);
    const mapping = network && withAdditions(network.mapping, additions);
    return mapping ? { mapping } : null;
  }
}
