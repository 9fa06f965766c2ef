import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches } from 'class-validator';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { OWN_FORMULA_UNITS, type OwnFormulaUnit } from '../rules/metric-formulas.js';

const NAME = /^[A-Za-z][A-Za-z0-9]{0,39}$/;
const NAME_MESSAGE = 'name must be 1 to 40 letters and digits, beginning with a letter';
const MAX_EXPRESSION = 500;

export class CreateReportFormulaRequest {
  /**
   * The name by which reports ask for it.
   * @example "costPerDeposit"
   */
  @IsString()
  @Matches(NAME, { message: NAME_MESSAGE })
  name: string;

  /**
   * Metrics, numbers, `+ - * /` and parentheses.
   * @example "cost / deposits"
   */
  @IsString()
  @Length(1, MAX_EXPRESSION)
  expression: string;

  /** How its values are written. Default: `number`. */
  @ApiPropertyOptional({ enum: OWN_FORMULA_UNITS, default: 'number' })
  @Omittable()
  @IsIn(OWN_FORMULA_UNITS)
  unit?: OwnFormulaUnit;
}

/** Only the given fields change. */
export class UpdateReportFormulaRequest {
  @Omittable()
  @IsString()
  @Matches(NAME, { message: NAME_MESSAGE })
  name?: string;

  @Omittable()
  @IsString()
  @Length(1, MAX_EXPRESSION)
  expression?: string;

  @ApiPropertyOptional({ enum: OWN_FORMULA_UNITS })
  @Omittable()
  @IsIn(OWN_FORMULA_UNITS)
  unit?: OwnFormulaUnit;
}

export class ReportFormulaResponse {
  id: string;
  name: string;
  expression: string;
  @ApiProperty({ enum: OWN_FORMULA_UNITS })
  unit: OwnFormulaUnit;
  createdAt: string;
  updatedAt: string;
}

export class ReportFormulaListResponse {
  /** By name. A workspace has at most 50. */
  data: ReportFormulaResponse[];
}
