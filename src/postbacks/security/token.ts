import type { Parameter } from '../../networks/rules/reading/parameter.js';
import { isSameText } from '../../platform/text/same-text.js';

export interface TokenRule {
  param: string;
  value: string;
}

/**
 * What is wrong with the token of a request, for a person; `undefined` when it is right. The name is compared without case.
 * Sent more than once (in query and body), one right value is enough.
 */
export function tokenProblem(parameters: readonly Parameter[], { param, value }: TokenRule): string | undefined {
  const name = param.toLowerCase();
  const sent = parameters.filter((parameter) => parameter.name.toLowerCase() === name);
  if (sent.length === 0) return `The token is missing: the network must send it in "${param}".`;
  // No early end: how long it takes says nothing.
  const right = sent.filter((parameter) => isSameText(parameter.value, value));
  return right.length > 0 ? undefined : `The token in "${param}" is not the one of this network.`;
}
