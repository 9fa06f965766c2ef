import { parseUrl } from '../../../platform/urls/parse-url.js';
import { hasBadCharacter, isNeverAllowed, MAX_URL_LENGTH } from '../../../platform/urls/url-rules.js';
import { beginningAdvice, characterAdvice, noUrlAdvice } from '../../../platform/urls/url-advice.js';
import { strayBraceAdvice, unknownMacroAdvice } from './macro-advice.js';
import { knownMacros, type Macro, parseMacro, WILDCARD } from './macros.js';

/** Literal text (already encoded for its place) or a macro. */
export type Part = string | Macro;

/** One `name=value` of the destination's query. */
export interface QueryPart {
  /** Decoded; macros may not stand in names. */
  name: string;
  /** The encoded name, before the `=`. */
  rawName: string;
  /** `undefined` for a bare name without `=`. */
  value: Part[] | undefined;
  /** The value holds the click id, which a visitor must not replace. */
  carriesClickId: boolean;
}

/** A parsed destination, so that a click only concatenates texts. */
export interface UrlTemplate {
  /** Scheme, host and path. */
  base: Part[];
  query: QueryPart[];
  /** The part after `#`. */
  fragment: Part[] | undefined;
}

export type TemplateReading =
  | { ok: true; template: UrlTemplate; /** The URL in its normal form, macros as written. */ url: string }
  | { ok: false; code: string; message: string };

const MACRO = /\{([^{}]*)\}|\$1(?!\d)/g;

/**
 * Parses a destination: no credentials, no control characters, at most 2,048 characters, known macros only. Macros are
 * allowed in path, query values and fragment, where they are percent-encoded and cannot choose the host.
 * `LinkUrlPolicy` decides which schemes and hosts are allowed.
 */
export function parseUrlTemplate(text: string): TemplateReading {
  if (text.length > MAX_URL_LENGTH) return bad('too_long', `a destination has at most ${MAX_URL_LENGTH} characters`);
  if (hasBadCharacter(text)) return bad('bad_character', characterAdvice(text));

  const macros: Macro[] = [];
  const unknown: string[] = [];
  const placeholder = unusedPlaceholder(text);
  const marked = text.replaceAll(MACRO, (whole, inside?: string) => {
    const macro = inside === undefined ? { name: WILDCARD } : parseMacro(inside);
    if (macro === undefined) unknown.push(whole);
    else macros.push(macro);
    return `${placeholder}${macros.length - 1}x`;
  });
  if (unknown.length > 0)
    return bad('unknown_macro', `${unknown.map(unknownMacroAdvice).join('; ')}. There are ${knownMacros()}`);
  if (/[{}]/.test(marked)) return bad('malformed_macro', strayBraceAdvice(text));

  const url = parseUrl(marked);
  if (!url) return bad('is_url', noUrlAdvice(text));
  const advice = beginningAdvice(text);
  if (advice !== undefined) return bad('is_url', advice);
  if (isNeverAllowed(url.protocol)) return bad('scheme', `${url.protocol} is not allowed; write http or https`);
  if (url.username !== '' || url.password !== '') return bad('credentials', 'it may hold no user name or password');
  if (url.host.includes(placeholder) || url.protocol.includes(placeholder))
    return bad('macro_place', 'macros may stand in path, query and fragment, not before them');

  const template = split(url.href, placeholder, macros);
  if (template === undefined) return bad('macro_place', 'macros may stand in query values, not in parameter names');
  const stored = restore(url.href, placeholder, macros);
  if (stored.length > MAX_URL_LENGTH)
    return bad('too_long', `percent-encoded it has more than ${MAX_URL_LENGTH} characters`);
  return { ok: true, template, url: stored };
}

function split(href: string, placeholder: string, macros: Macro[]): UrlTemplate | undefined {
  const [beforeFragment = '', ...fragment] = href.split('#');
  const questionMark = beforeFragment.indexOf('?');
  const base = questionMark < 0 ? beforeFragment : beforeFragment.slice(0, questionMark);
  const rawQuery = questionMark < 0 ? '' : beforeFragment.slice(questionMark + 1);
  const query: QueryPart[] = [];
  for (const pair of rawQuery.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const rawName = equals < 0 ? pair : pair.slice(0, equals);
    if (rawName.includes(placeholder)) return undefined;
    const value = equals < 0 ? undefined : parts(pair.slice(equals + 1), placeholder, macros);
    const carriesClickId = (value ?? []).some((part) => typeof part !== 'string' && part.name === 'click_id');
    query.push({ rawName, name: decodeName(rawName), value, carriesClickId });
  }
  return {
    base: parts(base, placeholder, macros),
    query,
    fragment: fragment.length === 0 ? undefined : parts(fragment.join('#'), placeholder, macros),
  };
}

function parts(text: string, placeholder: string, macros: Macro[]): Part[] {
  return text
    .split(new RegExp(`${placeholder}(\\d+)x`))
    .map((piece, i): Part => (i % 2 === 0 ? piece : (macros[Number(piece)] ?? '')))
    .filter((part) => part !== '');
}

function restore(href: string, placeholder: string, macros: Macro[]): string {
  return href.replaceAll(new RegExp(`${placeholder}(\\d+)x`, 'g'), (_, index: string) => {
    const macro = macros[Number(index)];
    if (macro?.name === WILDCARD) return WILDCARD;
    return macro ? `{${macro.name}${macro.argument === undefined ? '' : `:${macro.argument}`}}` : '';
  });
}

/** A placeholder for macros while the URL parser runs. It is in lower case, because the parser lowers hosts. */
function unusedPlaceholder(text: string): string {
  let placeholder = 'hbmacro';
  while (text.toLowerCase().includes(placeholder)) placeholder += 'q';
  return placeholder;
}

function decodeName(rawName: string): string {
  try {
    return decodeURIComponent(rawName.replaceAll('+', ' '));
  } catch {
    return rawName;
  }
}

function bad(code: string, message: string): TemplateReading {
  return { ok: false, code, message };
}

/** All macros of a template. */
export function macrosOf({ base, query, fragment }: UrlTemplate): Macro[] {
  return [base, fragment ?? [], ...query.map(({ value }) => value ?? [])]
    .flat()
    .filter((part) => typeof part !== 'string');
}
