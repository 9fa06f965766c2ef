import { Injectable } from '@nestjs/common';
import type { Within } from '../platform/mongo/tenant.repository.js';
import type { Viewer } from '../workspaces/caller.js';
import { LinkRestrictions } from '../workspaces/restrictions/link-restrictions.service.js';
import type { Conversion } from './conversion.schema.js';
import { ConversionsRepository } from './conversions.repository.js';

/** Conversions that are looked at. More would not change what they show. */
const SAMPLE = 30;
const MAX_TIME_MS = 1_000;
const FIELDS = [
  '_id',
  'networkId',
  'linkId',
  'clickId',
  'eventType',
  'isFtd',
  'status',
  'payout',
  'txid',
  'flags',
  'history',
  'convertedAt',
  'createdAt',
] as const;

/** A conversion as far as it shows whether the set-up of a workspace works. */
export type SampledConversion = Pick<Conversion, (typeof FIELDS)[number]>;

/** The oldest and the newest conversions of a workspace, for its setup checklist. */
@Injectable()
export class ConversionEvidence {
  constructor(
    private readonly conversions: ConversionsRepository,
    private readonly restrictions: LinkRestrictions,
  ) {}

  /** Those that a request of a network or a page has reported, from the oldest to the newest. */
  async sample(viewer: Viewer): Promise<SampledConversion[]> {
    const filter = (await this.restrictions.conditionFor(viewer)) as Within<Conversion>;
    const read = (order: 1 | -1): Promise<SampledConversion[]> =>
      this.conversions.findMany(viewer.workspaceId, filter, undefined, {
        sort: { _id: order },
        limit: SAMPLE,
        fields: FIELDS,
        maxTimeMs: MAX_TIME_MS,
      });
    const oldest = await read(1);
    const newest = oldest.length < SAMPLE ? [] : (await read(-1)).toReversed();
    const all = new Map([...oldest, ...newest].map((one) => [one._id, one]));
    return [...all.values()].filter(isReported);
  }
}

/** Whether it began with a request, not with a file or a person. */
function isReported({ history }: SampledConversion): boolean {
  const origin = history[0]?.origin;
  return origin === 'postback' || origin === 'pixel';
}
