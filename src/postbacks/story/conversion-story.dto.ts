import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { ORIGINS, type Origin } from '../../conversions/rules/conversion-event.js';
import { MoneyResponse } from '../../platform/money/money.dto.js';
import { CONVERSION_STATUSES, type ConversionStatus } from '../../platform/vocabulary/conversion-words.js';
import { type Verdict, VERDICTS } from '../postback.schema.js';
import type { StoryEntry } from '../rules/conversion-story.js';

/** The visit. Facts that are not known are null. */
export class ClickStoryEntryResponse {
  @ApiProperty({ enum: ['click'] })
  kind: 'click';
  at: string;
  clickId: string;
  linkId: string;
  /** False: the click is not stored yet, or was deleted. Its time is that in the click id. */
  isStored: boolean;
  /** When the personal data of the click was erased. */
  erasedAt: string | null;
  isBot: boolean | null;
  /** Why the click counted as a bot's when it was stored. */
  botReason: string | null;
  /** Whether it is the person's first click on the link on that day (UTC). */
  isUnique: boolean | null;
  subs: Record<string, string>;
}

/** How the destination was decided. */
export class RedirectStoryEntryResponse {
  @ApiProperty({ enum: ['redirect'] })
  kind: 'redirect';
  at: string;
  linkId: string;
  /** False: the click is not stored yet, or was deleted. The other fields are then those that the conversion has kept. */
  isStored: boolean;
  /** The rule that decided; null: none did, or it is not known. `~expired` and `~fallback`: the URL for a closed link was used. */
  rule: string | null;
  variant: string | null;
  country: string | null;
  device: string | null;
  os: string | null;
  browser: string | null;
}

/** A request as it was sent; secrets are masked. */
export class StoryRequestResponse {
  method: string;
  path: string;
  query: string;
  body: string;
  headers: Record<string, string>;
  ip: string;
}

/** A request from a network (`postback`) or from a web page (`pixel`). */
export class RequestStoryEntryResponse {
  @ApiProperty({ enum: ['postback', 'pixel'] })
  kind: 'postback' | 'pixel';
  /** Time of its arrival. */
  at: string;
  postbackId: string;
  /** False: its log entry has expired; only the conversion's history names it. */
  isLogged: boolean;
  /** When its content was erased together with its click. */
  erasedAt: string | null;
  networkId: string | null;
  /** The verdict of the log: that of the run that counted, else of the latest one. Null without a log entry. */
  @ApiProperty({ enum: VERDICTS, nullable: true })
  verdict: Verdict | null;
  reason: string | null;
  /** The problem, and how to solve it. Null for members with restrictions. */
  hint: string | null;
  /** Null without the scope `postbacks:read`, for members with restrictions, and when its content is not kept any more. */
  @ApiProperty({ type: StoryRequestResponse, nullable: true })
  request: StoryRequestResponse | null;
}

/** A change by a person. */
export class ManualStoryEntryResponse {
  @ApiProperty({ enum: ['manual'] })
  kind: 'manual';
  at: string;
  /** The API key. */
  by: string;
  note: string | null;
}

/** A row of an imported file. */
export class ImportStoryEntryResponse {
  @ApiProperty({ enum: ['import'] })
  kind: 'import';
  /** Time of the upload. */
  at: string;
  importId: string;
  @ApiProperty({ type: Number, nullable: true })
  row: number | null;
  note: string | null;
}

/** A request that was run again. */
export class ReplayStoryEntryResponse {
  @ApiProperty({ enum: ['replay'] })
  kind: 'replay';
  at: string;
  postbackId: string;
  @ApiProperty({ enum: VERDICTS })
  verdict: Verdict;
  reason: string | null;
}

/** The state of the conversion after a report: an entry of its history. */
export class StatusStoryEntryResponse {
  @ApiProperty({ enum: ['status'] })
  kind: 'status';
  /** When the report was applied. */
  at: string;
  /** Time of the event, as its source named it. */
  eventAt: string;
  @ApiProperty({ enum: CONVERSION_STATUSES })
  status: ConversionStatus;
  /** Null in the first entry. */
  @ApiProperty({ enum: CONVERSION_STATUSES, nullable: true })
  previousStatus: ConversionStatus | null;
  /** The network's own word for the status. */
  networkStatus: string | null;
  @ApiProperty({ type: MoneyResponse, nullable: true })
  payout: MoneyResponse | null;
  @ApiProperty({ type: MoneyResponse, nullable: true })
  previousPayout: MoneyResponse | null;
  @ApiProperty({ enum: ORIGINS })
  origin: Origin;
  /** The request, the API key, or the import and its row, that made the change. */
  sourceId: string;
  note: string | null;
}

const ENTRIES = [
  ClickStoryEntryResponse,
  RedirectStoryEntryResponse,
  RequestStoryEntryResponse,
  ManualStoryEntryResponse,
  ImportStoryEntryResponse,
  ReplayStoryEntryResponse,
  StatusStoryEntryResponse,
] as const;

const BY_KIND = {
  click: ClickStoryEntryResponse,
  redirect: RedirectStoryEntryResponse,
  postback: RequestStoryEntryResponse,
  pixel: RequestStoryEntryResponse,
  manual: ManualStoryEntryResponse,
  import: ImportStoryEntryResponse,
  replay: ReplayStoryEntryResponse,
  status: StatusStoryEntryResponse,
} as const satisfies Record<StoryEntry['kind'], (typeof ENTRIES)[number]>;

@ApiExtraModels(...ENTRIES)
export class ConversionStoryResponse {
  /** Oldest first. Entries with the same time are in the order click, redirect, reports, replays, status. */
  @ApiProperty({
    type: 'array',
    items: {
      oneOf: ENTRIES.map((entry) => ({ $ref: getSchemaPath(entry) })),
      discriminator: {
        propertyName: 'kind',
        mapping: Object.fromEntries(Object.entries(BY_KIND).map(([kind, entry]) => [kind, getSchemaPath(entry)])),
      },
    },
  })
  entries: StoryEntry[];
  /** False: the conversion has more requests than are read. Those that its history names are always there. */
  complete: boolean;
}
