import { isProgram } from '../../platform/user-agents/is-program.js';
import type { SpooledClick } from '../rules/click-record.js';

/** Why a click is not a person's, or `undefined` when it is one. `visitor_rule`: a rule of the workspace says so. */
export type BotReason = 'head' | 'prefetch' | 'no_user_agent' | 'user_agent' | 'visitor_rule';

/**
 * Why a click is not a person's. A rule of the workspace goes before the user agent, but it makes no visit of a `HEAD` request
 * or a prefetch. `prefetch` is said last: such a click becomes a person's when it converts, which a program's never does.
 * @param ruling what the workspace's visitor rules say, if any of them matches.
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
