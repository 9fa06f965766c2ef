import type { GlossedParameter, ParameterKind } from '../../ui/data/parameters';
import type { PostbackParameter } from '../postback-types';

/** The colour of each use that the API knows. */
const KINDS: Readonly<Record<PostbackParameter['kind'], ParameterKind>> = {
  clickId: 'clickId',
  event: 'event',
  status: 'status',
  money: 'money',
  transaction: 'transaction',
  sub: 'sub',
  time: 'sub',
  player: 'sub',
  ignored: 'ignored',
  unfilledMacro: 'unfilled',
  unmappedClickId: 'unmapped',
  secret: 'ignored',
};

export function kindOf(kind: PostbackParameter['kind']): ParameterKind {
  return KINDS[kind];
}

/** The parameters of a request for its explanation: those of the query, and those of the body. */
export function glossed(parameters: readonly PostbackParameter[]): {
  query: GlossedParameter[];
  body: GlossedParameter[];
} {
  const all = parameters.map(({ name, value, kind, meaning, source }) => ({
    isBody: source === 'body',
    parameter: { name, value, kind: kindOf(kind), meaning },
  }));
  return {
    query: all.filter(({ isBody }) => !isBody).map(({ parameter }) => parameter),
    body: all.filter(({ isBody }) => isBody).map(({ parameter }) => parameter),
  };
}
