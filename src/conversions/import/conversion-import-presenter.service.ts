import { Injectable } from '@nestjs/common';
import type { ImportJob } from '../../imports/import-job.schema.js';
import { NetworksService } from '../../networks/networks.service.js';
import { withAdditions } from '../../networks/rules/reading/mapping-additions.js';
import { ChosenColumns } from '../rules/import/column-mapping.js';
import { readHeader } from '../rules/import/import-columns.js';
import { completeImport, type ConversionImport } from './conversion-import.js';
import type { RowResult, RowVerdict } from './row-result.js';
import type { ImportColumnResponse, ImportResponse, ImportSuggestionResponse } from './imports.dto.js';

/** Imports of conversions, as the API returns them. */
@Injectable()
export class ConversionImportPresenter {
  constructor(private readonly networks: NetworksService) {}

  async present(stored: ImportJob): Promise<ImportResponse> {
    const job = completeImport(stored);
    const { _id, status, dryRun, networkId, rows, done, counts, ignoredColumns, warnings, problems, error } = job;
    return {
      id: _id,
      status,
      dryRun,
      networkId,
      rows,
      done,
      counts: counts as Record<RowVerdict, number>,
      ignoredColumns,
      columns: columnsOf(job),
      notices: job.notices ?? [],
      warnings,
      suggestion: await this.suggestionFor(job),
      problems: problems as RowResult[],
      error,
      createdAt: job.createdAt.toISOString(),
      updatedAt: job.updatedAt.toISOString(),
    };
  }

  private async suggestionFor(job: ConversionImport): Promise<ImportSuggestionResponse | null> {
    const { workspaceId, networkId, additions } = job;
    if (networkId === null || Object.keys(additions).length === 0) return null;
    const network = await this.networks.find(workspaceId, networkId);
    const mapping = network && withAdditions(network.mapping, additions);
    return mapping ? { mapping } : null;
  }
}

function columnsOf({ header, dialect, positions }: ConversionImport): ImportColumnResponse[] {
  const { fields } = readHeader(header, dialect, new ChosenColumns(positions));
  return header.map((name, i) => ({ position: i + 1, name, field: fields[i] ?? null }));
}
