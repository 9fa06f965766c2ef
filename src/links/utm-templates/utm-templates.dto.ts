import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, IsString, Length, ValidateNested } from 'class-validator';
import { PageInfo } from '../../platform/http/pagination.js';
import { UtmRequest } from '../links.dto.js';
import type { UtmTemplate } from './utm-template.schema.js';

export class CreateUtmTemplateRequest {
  /** Unique in the workspace. @example "Newsletter" */
  @IsString()
  @Length(1, 100)
  name: string;

  /** Like a link's `utm`: values may contain macros, and `null` removes a parameter. At least one parameter. */
  @ApiProperty({ type: UtmRequest })
  @IsObject()
  @ValidateNested()
  @Type(() => UtmRequest)
  utm: UtmRequest;
}

/** Only the given fields change; `utm` is replaced as a whole. */
export class UpdateUtmTemplateRequest extends PartialType(CreateUtmTemplateRequest, { skipNullProperties: false }) {}

export class UtmTemplateResponse {
  /** @example "utm_0V4rQ2pK3mXa81Qd7ZsTb" */
  id: string;
  name: string;
  @ApiProperty({ type: UtmRequest })
  utm: UtmRequest;
  createdAt: string;
  updatedAt: string;
}

export class UtmTemplateListResponse {
  @ApiProperty({ type: [UtmTemplateResponse] })
  data: UtmTemplateResponse[];
  page: PageInfo;
}

export function toUtmTemplateResponse(template: UtmTemplate): UtmTemplateResponse {
  const { _id, name, utm, createdAt, updatedAt } = template;
  return { id: _id, name, utm, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
