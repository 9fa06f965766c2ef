import type { Schema } from '../../api/client';
import type { ParameterKind } from './parameters';

type ApiKind = Schema<'PostbackParameterResponse'>['kind'];

/** Players, times and secrets have no colour of their own. */
const KINDS: Readonly<Record<ApiKind, ParameterKind>> = {
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

/** The colour of each use of a parameter that the API knows. */
export function parameterKindOf(kind: ApiKind): ParameterKind {
  return KINDS[kind];
}
