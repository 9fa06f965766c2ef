import { botReason } from '../../enrichment/bot.js';
import type { Click } from '../../click.schema.js';
import type { SpooledClick } from '../click-record.js';
import type { CompiledVisitorRules } from './compiled-visitor-rules.js';

/** Sets bot reason and rule of a click by the workspace's visitor rules. Must run before `protectClick` removes personal data. */
export function applyVisitorRules(
  click: Click,
  { ip, kind, userAgent }: SpooledClick,
  rules: CompiledVisitorRules,
): void {
  if (rules.isEmpty) return;
  const decision = rules.decide({ ip, userAgent, asn: click.asn });
  if (decision === undefined) return;
  click.botReason = botReason(kind, userAgent, decision.as);
  click.visitorRuleId = decision.ruleId;
}
