import { Injectable } from '@nestjs/common';
import { startingWith } from '../platform/mongo/containing.js';
import type { QueryBounds, Within } from '../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { Conversion } from './conversion.schema.js';
import { ConversionsRepository } from './conversions.repository.js';

const FIELDS = ['_id', 'eventType', 'status', 'txid', 'playerId', 'clickId'] as const;

/** A conversion as a search finds it. */
export type FoundConversion = Pick<Conversion, (typeof FIELDS)[number]>;

/** Finds conversions by values that have an index, within bounds. */
@Injectable()
export class ConversionSearch {
  constructor(private readonly conversions: ConversionsRepository) {}

  findById(workspaceId: WorkspaceId, id: string, bounds: QueryBounds): Promise<FoundConversion[]> {
    return this.find(workspaceId, { _id: id }, bounds);
  }

  /** By transaction id, player or click; newest first. */
  async findByValue(workspaceId: WorkspaceId, value: string, bounds: QueryBounds): Promise<FoundConversion[]> {
    const found = await Promise.all([
      this.find(workspaceId, { txid: { $eq: value, $type: 'string' } }, bounds),
      this.find(workspaceId, { playerId: { $eq: value, $type: 'string' } }, bounds, { _id: -1 }),
      this.find(workspaceId, { clickId: value }, bounds),
    ]);
    return found.flat();
  }

  /** Those whose transaction id or player begins with the text, in the order of these values. */
  async findByPrefix(workspaceId: WorkspaceId, text: string, bounds: QueryBounds): Promise<FoundConversion[]> {
    const range = { ...startingWith(text), $ne: text, $type: 'string' };
    const found = await Promise.all([
      this.find(workspaceId, { txid: range }, bounds, { txid: 1 }),
      this.find(workspaceId, { playerId: range }, bounds, { playerId: 1 }),
    ]);
    return found.flat();
  }

  private find(
    workspaceId: WorkspaceId,
    filter: object,
    bounds: QueryBounds,
    sort: Record<string, 1 | -1> = {},
  ): Promise<FoundConversion[]> {
    return this.conversions.findMany(workspaceId, filter as Within<Conversion>, undefined, {
      fields: FIELDS,
      sort,
      ...bounds,
    });
  }
}
