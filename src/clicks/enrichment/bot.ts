import { isProgram } from '../../platform/user-agents/is-program.js';
import type { SpooledClick } from '../rules/click-record.js';

/** Why a click is not a person's. `visitor_rule`: a visitor rule of the workspace decided it. */
export type BotReason = 'head' | 'prefetch' | 'no_user_agent' | 'user_agent' | 'visitor_rule';

/**
 * Decides why a click is not a person's; `undefined` when it is one. A visitor rule has precedence over the user agent, but
 * does not turn a `HEAD` request or a prefetch into a visit. `prefetch` comes last: such a click becomes a person's when it
 * converts, and a program's click never does.
 * @param ruling the decision of the workspace's visitor rules, if one matches.
 */
export function botReason(
  kind: SpooledClick['kind'],
  userAgent: string,
  ruling?: 'bot' | 'person',
): BotReason | undefined {
  if (kind === 'head') return 'head';
  if (ruling === 'bot') return 'visitor_rule';
  if (ruling === undefined && isProgram(userAgent)) return userAgent === '' ? 'no_user_agent' : 'user_agent';
  return kind === 'prefetch' ? 'prefetch' : undefined;
}
