import { parameterKindOf } from '../../ui/data/parameter-kind';
import type { GlossedParameter } from '../../ui/data/parameters';
import type { PostbackParameter } from '../postback-types';

/** The parameters of a request for its explanation: those of the query, and those of the body. */
export function glossed(parameters: readonly PostbackParameter[]): {
  query: GlossedParameter[];
  body: GlossedParameter[];
} {
  const all = parameters.map(({ name, value, kind, meaning, source }) => ({
    isBody: source === 'body',
    parameter: { name, value, kind: parameterKindOf(kind), meaning },
  }));
  return {
    query: all.filter(({ isBody }) => !isBody).map(({ parameter }) => parameter),
    body: all.filter(({ isBody }) => isBody).map(({ parameter }) => parameter),
  };
}
