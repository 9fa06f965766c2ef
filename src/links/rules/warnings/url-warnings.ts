import { LRUCache } from 'lru-cache';
import { repairUrlEntities } from '../../../platform/urls/broken-entities.js';
import { warningsOf } from '../../../platform/urls/lookalikes.js';
import { parseUrl } from '../../../platform/urls/parse-url.js';
import { isAppendable, schemeOf } from '../destination/appendable.js';
import { macrosOf, parseUrlTemplate, type QueryPart } from '../destination/url-template.js';
import { foreignMacros } from './foreign-macros.js';
import type { AppendRules, UrlFinding } from './link-warning.js';
import { literalClickId } from './literal-click-id.js';
import { signatureParam } from './signed-url.js';
import { invisibleFindings, markedFindings, placeholderFindings, queryFindings } from './url-slips.js';
import { telegramFinding } from './telegram-start.js';

const MAX_KNOWN = 5_000;
const MAX_SHOWN = 120;
/** Lists of links check the same URLs repeatedly. */
const known = new LRUCache<string, readonly UrlFinding[]>({ max: MAX_KNOWN });

/**
 * Problems of a destination that its text shows.
 * @param url as requested or as stored. @param rules `undefined` for a URL to which nothing is appended, as a picture's.
 */
export function urlFindings(url: string, rules: AppendRules | undefined, now: number): readonly UrlFinding[] {
  const key = `${rules === undefined ? '' : `${rules.forwardQuery} ${JSON.stringify(rules.clickIdParam)}`}\n${url}`;
  let found = known.get(key);
  if (found === undefined) {
    found = findAll(url, rules, now);
    known.set(key, found);
  }
  return found;
}

function findAll(url: string, rules: AppendRules | undefined, now: number): UrlFinding[] {
  const parsed = parseUrl(url);
  const reading = parseUrlTemplate(url);
  const { query = [] } = reading.ok ? reading.template : {};
  const hasClickId = reading.ok && macrosOf(reading.template).some(({ name }) => name === 'click_id');
  const context: Context = { url, query, hasClickId };
  return [
    ...(parsed && url.includes('xn--') ? warningsOf(parsed) : []),
    ...invisibleFindings(url),
    ...entityFindings(url),
    ...foreignMacroFindings(url, rules),
    ...(rules === undefined ? [] : [...clickIdFindings(context, rules, now), ...appendFindings(context, rules)]),
    ...(rules === undefined ? [] : [...markedFindings(url), ...queryFindings(url)]),
  ];
}

interface Context {
  url: string;
  query: readonly QueryPart[];
  /** True when a macro contains the click id. */
  hasClickId: boolean;
}

function entityFindings(url: string): UrlFinding[] {
  const repaired = repairUrlEntities(url);
  if (repaired === url) return [];
  const message = `A web page has changed an "&" in this URL, so a parameter does not arrive. It was probably ${short(repaired)}`;
  return [{ code: 'html_entity', message, suggestion: repaired }];
}

function foreignMacroFindings(url: string, rules: AppendRules | undefined): UrlFinding[] {
  const macros = foreignMacros(url);
  const repaired = macros.reduceRight(
    (text, { start, end, macro }) => (macro === undefined ? text : text.slice(0, start) + macro + text.slice(end)),
    url,
  );
  const suggestion = repaired !== url && parseUrlTemplate(repaired).ok ? repaired : undefined;
  const hasNoId = macros.length === 0 && typeof rules?.clickIdParam === 'string';
  const placeholders = hasNoId ? placeholderFindings(url) : [];
  const ofMacros = macros.map(({ text, macro, isClickId }): UrlFinding => {
    const cure = macro === undefined ? 'write a macro of Hopback, such as {click_id} or {sub1}' : `write ${macro}`;
    const loss = isClickId && rules !== undefined ? ' Until then, conversions cannot be attributed to clicks.' : '';
    const message = `Hopback does not fill in ${short(text)}, so it is sent unchanged: ${cure}.${loss}`;
    return { code: 'foreign_macro', message, ...(suggestion !== undefined && { suggestion }) };
  });
  return [...ofMacros, ...placeholders];
}

/** Values that prevent the click id from being set in its parameter. */
function clickIdFindings({ url, query, hasClickId }: Context, rules: AppendRules, now: number): UrlFinding[] {
  const { clickIdParam } = rules;
  const literal = literalClickId(url, now);
  if (literal !== undefined) {
    const message = `${literal} is the click id of one click: every visitor would have it. Write {click_id} instead.`;
    return [{ code: 'literal_click_id', message, suggestion: url.replaceAll(literal, '{click_id}') }];
  }
  if (clickIdParam === null || !isAppendable(url)) return [];
  const same = query.filter(({ name }) => name === clickIdParam);
  const fixed = same.find(({ value }) => literalOf(value) !== '');
  const text = literalOf(fixed?.value);
  // Macros of other systems have their own warning.
  if (fixed !== undefined && foreignMacroFindings(`https://a.example/?${fixed.rawName}=${text}`, rules).length === 0) {
    const pair = `${fixed.rawName}=${text}`;
    const others = hasClickId ? '' : ' Conversions cannot be attributed to clicks.';
    const message = `${clickIdParam} is always "${short(text)}", so the click id is not set.${others} Write ${clickIdParam}={click_id}, or set clickIdParam to another name or null.`;
    return [{ code: 'fixed_click_id_param', message, suggestion: url.replace(pair, `${fixed.rawName}={click_id}`) }];
  }
  if (same.length > 1) {
    const message = `${clickIdParam} is in the URL ${same.length} times, and it is uncertain which one the destination reads. Remove all but one.`;
    return [{ code: 'duplicate_click_id_param', message }];
  }
  const similar = query.find(
    ({ name, value }) => same.length === 0 && !hasClickId && isSimilar(name, clickIdParam) && isEmpty(value),
  );
  if (similar === undefined) return [];
  const message = `${similar.name} stays empty: the click id goes into ${clickIdParam}, which is appended. Set clickIdParam to "${similar.name}".`;
  return [{ code: 'similar_click_id_param', message }];
}

function appendFindings(context: Context, rules: AppendRules): UrlFinding[] {
  const { url, hasClickId, query } = context;
  const { clickIdParam, forwardQuery } = rules;
  const appendsClickId =
    clickIdParam !== null && !query.some(({ name, value }) => name === clickIdParam && !isEmpty(value));
  if (!isAppendable(url)) {
    const telegram = telegramFinding(url, { appendsClickId, hasClickId });
    if (telegram !== undefined) return [telegram];
    if (hasClickId || clickIdParam === null) return [];
    const message = `Nothing is appended to a ${schemeOf(url)}: URL, so the click id does not arrive. If the app accepts a parameter for it, write {click_id} there.`;
    return [{ code: 'nothing_appended', message }];
  }
  const findings: UrlFinding[] = [];
  const signature = signatureParam(url);
  if (signature !== undefined && (appendsClickId || forwardQuery !== 'none')) {
    const message = `${signature} signs this URL, and the server will probably refuse it with parameters appended. Set clickIdParam to null and forwardQuery to "none", or check the link.`;
    findings.push({ code: 'signed_url', message });
  }
  const fragment = url.split('#').slice(1).join('#');
  if (
    appendsClickId &&
    /[?&][\w.~-]{1,64}=/.test(fragment) &&
    !fragment.includes('{click_id}') &&
    !splitsAtMacro(url)
  ) {
    const message = `The query of this URL is after its "#". ${clickIdParam} is appended before the "#", where an app that reads only the part after it does not find it. Write {click_id} after the "#".`;
    findings.push({ code: 'query_in_fragment', message });
  }
  const telegram = telegramFinding(url, { appendsClickId, hasClickId });
  return telegram === undefined ? findings : [...findings, telegram];
}

/** `?a=#click_id#&b=1`: the macro of another system begins the fragment. */
function splitsAtMacro(url: string): boolean {
  return foreignMacros(url).some(({ text }) => text.includes('#'));
}

/** The value when it has no macro, else an empty text. */
function literalOf(value: QueryPart['value']): string {
  return (value ?? []).every((part) => typeof part === 'string') ? (value ?? []).map(String).join('') : '';
}

function isEmpty(value: QueryPart['value']): boolean {
  return value === undefined || value.length === 0;
}

function isSimilar(name: string, param: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return name !== param && plain(name) === plain(param);
}

function short(text: string): string {
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…`;
}
