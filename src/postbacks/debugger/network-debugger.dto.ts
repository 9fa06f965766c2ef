import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Matches, MaxLength } from 'class-validator';
import { IsCurrency } from '../../platform/http/validation/is-currency.decorator.js';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { MoneyResponse } from '../../platform/money/money.dto.js';
import {
  CONVERSION_STATUSES,
  type ConversionStatus,
  EVENT_TYPES,
  type EventType,
} from '../../platform/vocabulary/conversion-words.js';
import { type Verdict, VERDICTS } from '../postback.schema.js';
import { PostbackParameterResponse, SuggestionResponse } from '../log/postback-log.dto.js';

const OUTCOMES = ['accepted', 'updated', 'duplicate'] as const;
const METHODS = ['GET', 'POST'] as const;

export class TestNetworkRequest {
  /** Default: `ftd`. */
  @ApiPropertyOptional({ enum: EVENT_TYPES })
  @Omittable()
  @IsIn(EVENT_TYPES)
  event?: EventType;

  /** Default: `approved`. */
  @ApiPropertyOptional({ enum: CONVERSION_STATUSES })
  @Omittable()
  @IsIn(CONVERSION_STATUSES)
  status?: ConversionStatus;

  /** @example "50.00" */
  @Omittable()
  @Matches(/^\d{1,12}(\.\d{1,6})?$/, { message: 'payout is a decimal such as "50.00"' })
  payout?: string;

  /** @example "EUR" */
  @Omittable()
  @IsCurrency()
  currency?: string;

  /** Whose click it is to be. Default: the newest link of this network, else the newest link. */
  @Omittable()
  @IsString()
  @MaxLength(64)
  linkId?: string;
}

export class PreviewPostbackRequest {
  /** A whole postback URL, as it stands in a network's log. */
  @Omittable()
  @IsString()
  @MaxLength(16_384)
  url?: string;

  @ApiPropertyOptional({ enum: METHODS })
  @Omittable()
  @IsIn(METHODS)
  method?: (typeof METHODS)[number];

  /** What stands behind the `?`; instead of `url`. */
  @Omittable()
  @IsString()
  @MaxLength(16_384)
  query?: string;

  @Omittable()
  @IsString()
  @MaxLength(65_536)
  body?: string;

  /** @example "application/json" */
  @Omittable()
  @IsString()
  @MaxLength(200)
  contentType?: string;
}

/** What a request says, in our words. */
export class ReadEventResponse {
  @ApiProperty({ enum: EVENT_TYPES })
  eventType: EventType;
  /** It takes back whatever came in under the transaction id. */
  isChargeback: boolean;
  @ApiProperty({ enum: CONVERSION_STATUSES })
  status: ConversionStatus;
  /** The network's own word for the status. */
  networkStatus: string | null;
  @ApiProperty({ type: MoneyResponse, nullable: true })
  payout: MoneyResponse | null;
  txid: string | null;
  playerId: string | null;
  /** When the request says it happened; null: its arrival counts. */
  time: string | null;
}

export class WouldBeResponse {
  @ApiProperty({ enum: OUTCOMES })
  verdict: (typeof OUTCOMES)[number];
  /** The conversion that it would change or repeat; null for a new one. */
  conversionId: string | null;
}

export class PreviewProblemResponse {
  /** `no_key`, `other_network`, `unknown_key`. */
  code: string;
  message: string;
}

export class PreviewPostbackResponse {
  parameters: PostbackParameterResponse[];
  @ApiProperty({ enum: VERDICTS })
  verdict: Verdict;
  reason: string | null;
  hint: string | null;
  clickId: string | null;
  linkId: string | null;
  /** How it was read, as far as it could be. */
  @ApiProperty({ type: ReadEventResponse, nullable: true })
  event: ReadEventResponse | null;
  @ApiProperty({ type: WouldBeResponse, nullable: true })
  wouldBe: WouldBeResponse | null;
  /** What a PATCH of the network would have to say for it to be understood; null where only a person can know. */
  @ApiProperty({ type: SuggestionResponse, nullable: true })
  suggestion: SuggestionResponse | null;
  /** What is wrong with the pasted URL itself. */
  problems: PreviewProblemResponse[];
}

export class TestStepResponse {
  /** `link`, `click`, `redirect`, `request`, `request_locally`, `answer`, `reading`, `verdict`, in this order. */
  name: string;
  ok: boolean;
  detail: string;
  ms: number;
}

export class TestNetworkResponse {
  /** Whether every step went well. */
  ok: boolean;
  steps: TestStepResponse[];
  clickId: string | null;
  postbackId: string | null;
  @ApiProperty({ enum: VERDICTS, nullable: true })
  verdict: Verdict | null;
  reason: string | null;
  hint: string | null;
  /** What a real postback like it would say. */
  @ApiProperty({ type: ReadEventResponse, nullable: true })
  wouldBe: ReadEventResponse | null;
}
