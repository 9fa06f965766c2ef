import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';

export class BeginOidcRequest {
  /** The part of the invitation's link after `#`. */
  @ApiPropertyOptional({ type: String })
  @Omittable()
  @IsString()
  @Length(1, 200)
  invitation?: string;

  /** The part of the link of the first owner after `#`: the sign-in makes its person the owner. */
  @ApiPropertyOptional({ type: String })
  @Omittable()
  @IsString()
  @Length(1, 200)
  owner?: string;
}

export class BeginOidcResponse {
  /** The page of the OpenID provider: open it in this browser. */
  url: string;
}

export class IdentityResponse {
  /** @example "idn_3q2-7wQx0yPz5mJvK1aBcd" */
  id: string;
  /** @example "https://login.example.com" */
  issuer: string;
  /** The id of the account at the provider. */
  subject: string;
}

export class IdentityListResponse {
  data: IdentityResponse[];
}
