import { Injectable } from '@nestjs/common';
import { KeyedMutex } from '../../platform/concurrency/keyed-mutex.js';
import { DatabaseTimeout, isTooSlow } from '../../platform/mongo/mongo-errors.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Notice } from '../../platform/vocabulary/notice.js';
import { ClicksRepository } from '../clicks.repository.js';
import { PREVIEW_FIELDS, type PreviewedSample, RulePreview } from '../rules/visitor-rules/rule-preview.js';
import { compileMatch, normalizeMatch } from '../rules/visitor-rules/visitor-match.js';
import type {
  PreviewClickResponse,
  PreviewVisitorRuleRequest,
  VisitorRulePreviewResponse,
} from './visitor-rules.dto.js';

const DAY_MS = 86_400_000;
export const PREVIEW_DAYS = 30;
/** More clicks would take longer than a person waits. */
const MAX_CLICKS = 100_000;
const MAX_MS = 5_000;
const PATIENCE_MS = 10_000;

/** Finds the clicks that a rule would have changed, beginning with the newest. */
@Injectable()
export class VisitorRulePreviewService {
  /** A workspace's previews run one at a time, as each reads many clicks. */
  private readonly mutex = new KeyedMutex(PATIENCE_MS, () => new DatabaseTimeout());

  constructor(private readonly clicks: ClicksRepository) {}

  preview(workspaceId: WorkspaceId, request: PreviewVisitorRuleRequest): Promise<VisitorRulePreviewResponse> {
    return this.mutex.take(workspaceId, () => this.compute(workspaceId, request));
  }

  private async compute(
    workspaceId: WorkspaceId,
    { match, as }: PreviewVisitorRuleRequest,
  ): Promise<VisitorRulePreviewResponse> {
    const to = new Date();
    const from = new Date(to.getTime() - PREVIEW_DAYS * DAY_MS);
    const preview = new RulePreview(compileMatch(normalizeMatch(match)), as);
    const { isComplete, reached } = await this.addClicks(workspaceId, { from, to }, preview);
    const { checked, clicks, wouldChange, withoutAddress, withoutFacts } = preview;
    return {
      from: (isComplete ? from : reached).toISOString(),
      to: to.toISOString(),
      complete: isComplete,
      checked,
      notChecked: withoutAddress + withoutFacts,
      clicks,
      wouldChange,
      links: preview.links(),
      samples: preview.samples().map(toSample),
      notices: noticesOf(preview, isComplete),
    };
  }

  /** @returns whether all clicks were read, and the time of the last one. */
  private async addClicks(
    workspaceId: WorkspaceId,
    { from, to }: { from: Date; to: Date },
    preview: RulePreview,
  ): Promise<{ isComplete: boolean; reached: Date }> {
    const filter = { at: { $gte: from, $lte: to }, isTest: { $ne: true } } as never;
    const options = { sort: { at: -1 }, fields: PREVIEW_FIELDS, maxTimeMs: MAX_MS } as const;
    const deadline = Date.now() + MAX_MS;
    let reached = to;
    try {
      for await (const click of this.clicks.stream(workspaceId, filter, options)) {
        if (preview.checked >= MAX_CLICKS || Date.now() > deadline) return { isComplete: false, reached };
        preview.add(click);
        reached = click.at;
      }
    } catch (error) {
      if (!isTooSlow(error)) throw error;
      return { isComplete: false, reached };
    }
    return { isComplete: true, reached };
  }
}

function toSample({ click, wouldChange }: PreviewedSample): PreviewClickResponse {
  const isBot = click.botReason !== undefined;
  return {
    clickId: click._id,
    linkId: click.linkId,
    at: click.at.toISOString(),
    userAgent: click.userAgent,
    asn: click.asn ?? null,
    ip: click.ip ?? null,
    isBot,
    wouldBeBot: wouldChange ? !isBot : isBot,
  };
}

function noticesOf({ checked, withoutAddress, withoutFacts }: RulePreview, isComplete: boolean): Notice[] {
  const notices: Notice[] = [];
  if (!isComplete) {
    const text = `Only the newest ${checked} clicks were checked. The numbers cover the time since \`from\`.`;
    notices.push({ code: 'cut', text });
  }
  if (withoutAddress > 0) {
    const why = 'Whole addresses are kept for `privacy.ipDays` days';
    const text = `${why}. For ${withoutAddress} clicks it is unknown whether the rule matches their address.`;
    notices.push({ code: 'addresses_not_kept', text });
  }
  if (withoutFacts > 0) {
    const why = 'Personal data was erased, or not kept because the visitor asked not to be tracked';
    const text = `${why}. For ${withoutFacts} clicks it is unknown whether the rule matches.`;
    notices.push({ code: 'facts_not_kept', text });
  }
  return notices;
}
