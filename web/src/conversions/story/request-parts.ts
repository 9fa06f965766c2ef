import type { Schema } from '../../api/client';
import type { ColouredPart, ParameterKind } from '../../ui/data/parameters';

/** The needed facts of a parameter of the log. */
export type Parameter = Pick<Schema<'PostbackParameterResponse'>, 'name' | 'value' | 'as' | 'state'>;

const KINDS: Readonly<Partial<Record<NonNullable<Parameter['as']>, ParameterKind>>> = {
  click_id: 'clickId',
  event: 'event',
  status: 'status',
  payout: 'money',
  currency: 'money',
  txid: 'transaction',
};

/** Longer values of click ids are cut in their middle: the story is about one click. */
const CLICK_ID_ENDS = { first: 6, last: 3 };

/** A request as one line, each value in the colour of its meaning: `?stag=0000A3…f8Z&event=ftd`. */
export function requestParts(parameters: readonly Parameter[]): ColouredPart[] {
  return parameters.flatMap(({ name, value, as, state }, index): ColouredPart[] => {
    const kind = kindOf({ as, state });
    return [
      { text: `${index === 0 ? '?' : '&'}${name}=` },
      { text: kind === 'clickId' ? shortClickId(value) : value, ...(kind !== undefined && { kind }) },
    ];
  });
}

function kindOf({ as, state }: Pick<Parameter, 'as' | 'state'>): ParameterKind | undefined {
  if (state === 'unfilled') return 'unfilled';
  if (state !== 'taken' || as === null) return 'ignored';
  return as.startsWith('sub') ? 'sub' : KINDS[as];
}

export function shortClickId(id: string): string {
  const { first, last } = CLICK_ID_ENDS;
  return id.length <= first + last + 1 ? id : `${id.slice(0, first)}…${id.slice(-last)}`;
}

/** A request whose parameters are not known, as it was sent. */
export function rawRequest({ query, body }: Pick<Schema<'StoryRequestResponse'>, 'query' | 'body'>): string {
  return [query === '' ? '' : `?${query.replace(/^\?/, '')}`, body].filter((text) => text !== '').join('\n');
}
