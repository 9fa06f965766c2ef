import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsParamName } from '../platform/http/validation/is-param-name.decorator.js';
import { Omittable } from '../platform/http/validation/omittable.decorator.js';
import { IsAddressList } from './validators/is-address-list.decorator.js';

/** How a secret is shown: its last characters, or none. */
export const SECRET_MASK = /^\*{3}.{0,3}$/s;

export class TokenRequest {
  /** @example "token" */
  @IsParamName()
  param: string;

  /** The value that it must have. Shown masked (`***` and its last characters); the mask sent back keeps it. */
  @IsString()
  @Length(1, 200)
  value: string;
}

export class HmacRequest {
  /** 16 to 200 characters, shared with the network. Shown masked; the mask sent back keeps it. */
  @Matches(/^(.{16,200}|\*{3}.{0,3})$/s, { message: 'secret has 16 to 200 characters' })
  secret: string;

  /** The parameter that carries the signature. Default: `sig`. */
  @Omittable()
  @IsParamName()
  param?: string;

  /** The parameter that carries the time of signing, Unix seconds. Default: `ts`. */
  @Omittable()
  @IsParamName()
  timestampParam?: string;

  /** How far that time may be from ours. Default: 300. */
  @Omittable()
  @IsInt()
  @Min(30)
  @Max(86_400)
  toleranceSeconds?: number;
}

/** What a request must bring beside the key in its path. Of a change, only what is given changes; `null` ends it. */
export class SecurityRequest {
  /** Addresses and CIDRs, v4 or v6, that may send. Empty: all. */
  @ApiPropertyOptional({ type: [String], example: ['203.0.113.0/24', '2001:db8::/32'] })
  @Omittable()
  @IsAddressList()
  ips?: string[];

  /** A parameter that must have this value. */
  @ApiPropertyOptional({ type: TokenRequest, nullable: true })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => TokenRequest)
  token?: TokenRequest | null;

  /** A signature: HMAC-SHA256 over the other parameters. */
  @ApiPropertyOptional({ type: HmacRequest, nullable: true })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => HmacRequest)
  hmac?: HmacRequest | null;

  /** Requests a minute that one process takes; more are answered 429. Default: 60000. */
  @Omittable()
  @IsInt()
  @Min(60)
  @Max(1_000_000)
  ratePerMinute?: number;
}

/** How requests are answered. Of a change, only what is given changes. */
export class AnswerRequest {
  /** 200 whatever the verdict. */
  @Omittable()
  @IsBoolean()
  alwaysOk?: boolean;

  /** Plain text `OK` instead of JSON. */
  @Omittable()
  @IsBoolean()
  text?: boolean;
}

export class TokenResponse {
  param: string;
  /** @example "***7dq" */
  value: string;
}

export class HmacResponse {
  /** @example "***x2P" */
  secret: string;
  param: string;
  timestampParam: string;
  toleranceSeconds: number;
}

export class SecurityResponse {
  @ApiProperty({ type: [String] })
  ips: string[];
  @ApiProperty({ type: TokenResponse, nullable: true })
  token: TokenResponse | null;
  @ApiProperty({ type: HmacResponse, nullable: true })
  hmac: HmacResponse | null;
  ratePerMinute: number;
}

export class AnswerResponse {
  alwaysOk: boolean;
  text: boolean;
}
