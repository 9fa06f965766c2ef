import { Injectable } from '@nestjs/common';
import { Ports } from '../../platform/ports/ports.service.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { parseTime } from '../../platform/time/parse-time.js';
import type { RangeTexts } from '../../platform/time/time-range.js';
import { FIND_LINK_NUMBER } from '../clicks.ports.js';
import { type ClickIdRange, clickIdRange } from '../rules/click-id.js';

/** A range that no id is in. */
const NONE: ClickIdRange = { $gte: '', $lt: '' };

/** Leads to the clicks of one link by their ids, so that clicks are stored without an index for it. */
@Injectable()
export class ClicksOfLink {
  constructor(private readonly ports: Ports) {}

  /** The ids of its clicks from `from` on and before `to`; see `resolveRange`. In their descending order the newest is first. */
  async idRange(workspaceId: WorkspaceId, linkId: string, { from, to }: RangeTexts): Promise<ClickIdRange> {
    const number = await this.ports.get(FIND_LINK_NUMBER)(workspaceId, linkId);
    if (number === undefined) return NONE;
    const msOf = (time: string | null | undefined): number | undefined => parseTime(time ?? '')?.getTime();
    return clickIdRange(number, { from: msOf(from), to: msOf(to) });
  }
}
