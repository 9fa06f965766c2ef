import type { ColouredPart, ParameterKind } from '../../ui/data/parameters';

/**
 * A URL in parts, of which the values with a meaning have their colour: the click id and the sub ids.
 * @param clickIdParam the parameter that carries the click id
 */
export function colouredDestination(url: string, clickIdParam: string | null): ColouredPart[] {
  return url.split(/(?<=[?&#])/).flatMap((piece): ColouredPart[] => {
    const [, start = piece, value = '', end = ''] = /^([^=]*=)([^&#]*)([&#]?)$/.exec(piece) ?? [];
    const kind = value === '' ? undefined : kindOf(start.slice(0, -1), value, clickIdParam);
    if (kind === undefined) return [{ text: piece }];
    return [{ text: start }, { text: value, kind }, ...(end === '' ? [] : [{ text: end }])];
  });
}

function kindOf(name: string, value: string, clickIdParam: string | null): ParameterKind | undefined {
  if (name === clickIdParam || value === '{click_id}') return 'clickId';
  if (/^sub\d+$/.test(name) || /^\{sub\d+\}$/.test(value)) return 'sub';
  return undefined;
}
