import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { MappingRequest } from '../../networks/networks.dto.js';
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

  /** The link of the test click. Default: the newest link of this network, else the newest link. */
  @Omittable()
  @IsString()
  @MaxLength(64)
  linkId?: string;
}

export class PreviewPostbackRequest {
  /** A complete postback URL, for example from a network's log. */
  @Omittable()
  @IsString()
  @MaxLength(16_384)
  url?: string;

  @ApiPropertyOptional({ enum: METHODS })
  @Omittable()
  @IsIn(METHODS)
  method?: (typeof METHODS)[number];

  /** The part of the URL after the `?`; instead of `url`. */
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

  /** A draft: the request is read with it in place of the network's mapping. Default: the network's mapping. */
  @Omittable()
  @IsObject()
  @ValidateNested()
  @Type(() => MappingRequest)
  mapping?: MappingRequest;
}

/** The event that was read from a request. */
export class ReadEventResponse {
  @ApiProperty({ enum: EVENT_TYPES })
  eventType: EventType;
  /** The event takes back the money with this transaction id. */
  isChargeback: boolean;
  @ApiProperty({ enum: CONVERSION_STATUSES })
  status: ConversionStatus;
  /** The network's own word for the status. */
  networkStatus: string | null;
  @ApiProperty({ type: MoneyResponse, nullable: true })
  payout: MoneyResponse | null;
  txid: string | null;
  playerId: string | null;
  /** The time of the event by the request; null: the time of arrival counts. */
  time: string | null;
}

export class WouldBeResponse {
  @ApiProperty({ enum: OUTCOMES })
  verdict: (typeof OUTCOMES)[number];
  /** The conversion that the request would change or repeat; null for a new one. */
  conversionId: string | null;
}

export class PreviewProblemResponse {
  /** `no_key`, `other_network`, `unknown_key`. */
  code: string;
  message: string;
}

export class PreviewPostbackResponse {
  /**
   * The request in one sentence; names and values of it are in backticks.
   * @example "Your click id came, but in `tid`."
   */
  headline: string;
  parameters: PostbackParameterResponse[];
  @ApiProperty({ enum: VERDICTS })
  verdict: Verdict;
  reason: string | null;
  hint: string | null;
  clickId: string | null;
  linkId: string | null;
  /** The event, as far as it could be read. */
  @ApiProperty({ type: ReadEventResponse, nullable: true })
  event: ReadEventResponse | null;
  @ApiProperty({ type: WouldBeResponse, nullable: true })
  wouldBe: WouldBeResponse | null;
  /** The body of a PATCH of the network with which the request can be read; null if none can be derived. */
  @ApiProperty({ type: SuggestionResponse, nullable: true })
  suggestion: SuggestionResponse | null;
  /** Problems of the pasted URL itself. */
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
  /** True if every step succeeded. */
  ok: boolean;
  steps: TestStepResponse[];
  clickId: string | null;
  postbackId: string | null;
  @ApiProperty({ enum: VERDICTS, nullable: true })
  verdict: Verdict | null;
  reason: string | null;
  hint: string | null;
  /** The event that a real postback with these values would report. */
  @ApiProperty({ type: ReadEventResponse, nullable: true })
  wouldBe: ReadEventResponse | null;
}
