import type { Parameter } from '../../networks/rules/reading/parameter.js';
import { isSameText } from '../../platform/text/same-text.js';

export interface TokenRule {
  param: string;
  value: string;
}

/**
 * The problem with the token of a request, as text for the log; `undefined` if it is correct. The name is compared without
 * case. If the token is sent more than once (in query and body), one correct value is enough.
 */
export function tokenProblem(parameters: readonly Parameter[], { param, value }: TokenRule): string | undefined {
  const name = param.toLowerCase();
  const sent = parameters.filter((parameter) => parameter.name.toLowerCase() === name);
  if (sent.length === 0) return `The token is missing: the network must send it in "${param}".`;
  // All values are compared, so that the time taken reveals nothing.
  const right = sent.filter((parameter) => isSameText(parameter.value, value));
  return right.length > 0 ? undefined : `The token in "${param}" does not match the one of this network.`;
}
