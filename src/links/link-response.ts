import { ApiProperty } from '@nestjs/swagger';
import { MoneyResponse } from '../platform/money/money.dto.js';
import { GOALS, type Goal, OPERATORS, type Operator } from './rules/routing/rule.js';
import { type Link, REFERRER_POLICIES, type ReferrerPolicy } from './link.schema.js';

export class DailyCapResponse {
  conversions: number;
  @ApiProperty({ enum: GOALS })
  goal: Goal;
  timezone: string;
}

export class VariantResponse {
  name: string;
  url: string;
  weight: number;
  @ApiProperty({ type: DailyCapResponse, nullable: true })
  dailyCap: DailyCapResponse | null;
}

export class ConditionResponse {
  field: string;
  @ApiProperty({ enum: OPERATORS })
  op: Operator;
  values: string[];
  timezone: string | null;
}

export class RuleResponse {
  name: string;
  when: ConditionResponse[];
  url: string | null;
  @ApiProperty({ type: [VariantResponse], nullable: true })
  variants: VariantResponse[] | null;
}

export class RotationResponse {
  @ApiProperty({ enum: ['weighted', 'optimised'] })
  mode: 'weighted' | 'optimised';
  @ApiProperty({ enum: GOALS })
  goal: Goal;
  exploration: number;
  windowDays: number;
}

export class PreviewResponse {
  title: string | null;
  description: string | null;
  image: string | null;
}

export class SuspendedResponse {
  reason: string;
  at: string;
}

/** Schedule, rules and other conditions of a link. */
export class RoutingFieldsResponse {
  startsAt: string | null;
  expiresAt: string | null;
  expiredUrl: string | null;
  fallbackUrl: string | null;
  @ApiProperty({ type: [RuleResponse] })
  rules: RuleResponse[];
  @ApiProperty({ type: [VariantResponse] })
  variants: VariantResponse[];
  @ApiProperty({ type: RotationResponse, nullable: true })
  rotation: RotationResponse | null;
  /** True: visitors must enter a password. */
  hasPassword: boolean;
  @ApiProperty({ type: PreviewResponse, nullable: true })
  preview: PreviewResponse | null;
  @ApiProperty({ type: Boolean, nullable: true })
  noIndex: boolean | null;
  @ApiProperty({ enum: REFERRER_POLICIES, nullable: true })
  referrerPolicy: ReferrerPolicy | null;
  /** True: the destination is shown in a frame under the short link's address. */
  cloak: boolean;
  archived: boolean;
  /** Set while the link does not redirect, because its destination is on a blocklist. */
  @ApiProperty({ type: SuspendedResponse, nullable: true })
  suspended: SuspendedResponse | null;
  sourceId: string | null;
  @ApiProperty({ type: MoneyResponse, nullable: true })
  cost: MoneyResponse | null;
}

export function toRoutingFieldsResponse(link: Link): RoutingFieldsResponse {
  const { preview, suspended, cost } = link;
  return {
    startsAt: link.startsAt?.toISOString() ?? null,
    expiresAt: link.expiresAt?.toISOString() ?? null,
    expiredUrl: link.expiredUrl ?? null,
    fallbackUrl: link.fallbackUrl ?? null,
    rules: link.rules ?? [],
    variants: link.variants ?? [],
    rotation: link.rotation ?? null,
    hasPassword: typeof link.passwordHash === 'string',
    preview: preview
      ? { title: preview.title ?? null, description: preview.description ?? null, image: preview.image ?? null }
      : null,
    noIndex: link.noIndex ?? null,
    referrerPolicy: link.referrerPolicy ?? null,
    cloak: link.cloak ?? false,
    archived: link.archivedAt instanceof Date,
    suspended: suspended ? { reason: suspended.reason, at: suspended.at.toISOString() } : null,
    sourceId: link.sourceId ?? null,
    cost: cost ? { amount: cost.amount, currency: cost.currency } : null,
  };
}
