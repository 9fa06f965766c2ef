import { Injectable } from '@nestjs/common';
import { clickIdHint } from '../../clicks/rules/click-id-hint.js';
import { type Attribution, ConversionsService } from '../../conversions/conversions.service.js';
import { type EventOwner, NO_OWNER } from '../../conversions/rules/create-event.js';
import type { Network } from '../../networks/network.schema.js';
import { toHint } from '../../networks/rules/reading/hints.js';
import type { ReadEvent } from '../../networks/rules/reading/reading.js';
import type { Interpretation } from './postback-interpreter.service.js';
import {
  type AttributedPostback,
  clickIdOf,
  lateNotices,
  toRejected,
  testHint,
  withNotices,
} from '../rules/findings.js';
import { type EntryFacts, outsideWindow, toConversionEvent } from '../rules/to-conversion-event.js';

/** `ignoreWindow`: a late event counts, too. `note`: the reason for that, stored in the conversion's history. */
export interface AttributionOptions {
  ignoreWindow?: boolean;
  note?: string | null;
}

type Read = Extract<Interpretation, { ok: true }>;
/** A chargeback that names only its transaction has no link. */
type Known = EventOwner & { ok: true; isTest: boolean };
type Rejected = Extract<Attribution, { ok: false }>;

const TRANSACTION_ALONE: Known = { ok: true, isTest: false, ...NO_OWNER };

/** Finds the link of an interpreted request, and decides whether its event may count. Nothing is stored. */
@Injectable()
export class PostbackAttribution {
  constructor(private readonly conversions: ConversionsService) {}

  /** @param entry id and time of arrival of the request. */
  async attribute(
    network: Network,
    interpretation: Interpretation,
    entry: EntryFacts,
    options: AttributionOptions = {},
  ): Promise<AttributedPostback> {
    if (!interpretation.ok) {
      const hint = `Nothing could be read: ${interpretation.message}.`;
      return withNotices(toRejected('malformed_request', hint, entry), interpretation.notices);
    }
    const attributed = await this.attributeRead(network, interpretation, entry, options);
    const { charset, notices } = interpretation;
    if (charset !== undefined) attributed.finding.charset = charset;
    return withNotices(attributed, notices);
  }

  private async attributeRead(
    network: Network,
    interpretation: Read,
    entry: EntryFacts,
    { ignoreWindow = false, note = null }: AttributionOptions,
  ): Promise<AttributedPostback> {
    const { reading } = interpretation;
    // The click id is always kept, because the erasure of a click finds its requests by it.
    const read = { parameters: reading.parameters, ...clickIdOf(reading) };
    if (reading.kind === 'ignored') {
      return { finding: { verdict: 'ignored', hint: reading.hint, ...read }, event: null };
    }
    if (reading.kind === 'rejected') return toRejected(reading.reason, reading.hint, entry, read);

    const { event } = reading;
    const owner = await this.ownerOf(network, event, interpretation);
    if (!owner.ok) return toRejected(owner.reason, clickIdHint(owner.reason, event.clickId ?? ''), entry, read);
    const { linkId } = owner;
    const hint = toHint([...reading.notices, ...lateNotices(event, entry)]);
    if (owner.isTest) {
      const shown = [testHint(event), hint].filter(Boolean).join(' ');
      return { finding: { verdict: 'test', linkId, hint: shown, ...read }, event: null, read: event };
    }
    const conversionEvent = toConversionEvent(network, event, owner, entry, note);
    const late = ignoreWindow ? undefined : outsideWindow(network, conversionEvent);
    if (late !== undefined) return { read: event, ...toRejected('outside_window', late, entry, { linkId, ...read }) };
    return { finding: { linkId, hint, ...read }, event: conversionEvent, read: event };
  }

  private async ownerOf(
    { workspaceId }: Network,
    { clickId, eventType }: ReadEvent,
    { clickIds }: Read,
  ): Promise<Known | Rejected> {
    if (clickId === null) return TRANSACTION_ALONE;
    return this.conversions.attribute(workspaceId, clickId, eventType, clickIds.of(clickId));
  }
}
