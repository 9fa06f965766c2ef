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

/** The form of a masked secret: `***`, and up to three of its last characters. */
export const SECRET_MASK = /^\*{3}.{0,3}$/s;

/** A fixed value that each request must contain. */
export class TokenRequest {
  /** @example "token" */
  @IsParamName()
  param: string;

  /** Required value. It is shown masked (`***` and its last characters); sending the mask back keeps the value. */
  @IsString()
  @Length(1, 200)
  value: string;
}

/** A signature that each request must contain. */
export class HmacRequest {
  /** Secret shared with the network, 16 to 200 characters. It is shown masked; sending the mask back keeps the secret. */
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

  /** Maximum difference between that time and the server's time, in seconds. Default: 300. */
  @Omittable()
  @IsInt()
  @Min(30)
  @Max(86_400)
  toleranceSeconds?: number;
}

/** Conditions that a request must meet besides the key in its path. Only the given fields change; `null` removes a condition. */
export class SecurityRequest {
  /** IPv4 and IPv6 addresses and CIDRs that may send. Empty: all. */
  @ApiPropertyOptional({ type: [String], example: ['203.0.113.0/24', '2001:db8::/32'] })
  @Omittable()
  @IsAddressList()
  ips?: string[];

  /** A parameter with a required value. */
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

  /** Maximum requests per minute and process; further requests are answered with 429. Default: 60000. */
  @Omittable()
  @IsInt()
  @Min(60)
  @Max(1_000_000)
  ratePerMinute?: number;
}

/** How requests are answered. Only the given fields change. */
export class AnswerRequest {
  /** Answer 200 for every verdict. */
  @Omittable()
  @IsBoolean()
  alwaysOk?: boolean;

  /** Answer with the plain text `OK` instead of JSON. */
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
