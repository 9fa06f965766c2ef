import { nameKey } from './name-key.js';
import { isParamName } from './vocabulary.js';

const MAX_MACRO = 200;
const MAX_DECODINGS = 3;

/** Characters that networks and trackers put around a macro's name; longer ones come first. */
const PAIRS: readonly (readonly [open: string, close: string])[] = [
  ['{{{', '}}}'],
  ['{{', '}}'],
  ['${', '}'],
  ['#{', '}'],
  ['@{', '}'],
  ['%{', '}'],
  ['{%', '%}'],
  ['{$', '}'],
  ['{!', '}'],
  ['{@', '}'],
  ['{#', '}'],
  ['{:', '}'],
  ['{', '}'],
  ['<%=', '%>'],
  ['<%', '%>'],
  ['<?=', '?>'],
  ['<?php', '?>'],
  ['<<', '>>'],
  ['<', '>'],
  ['[=', '=]'],
  ['[=', ']'],
  ['[[', ']]'],
  ['[%', '%]'],
  ['[', ']'],
  ['*|', '|*'],
  ['|*', '*|'],
  ['|', '|'],
  ['((', '))'],
  ['$(', ')'],
  ['%(', ')s'],
  ['(', ')'],
  ['###', '###'],
  ['##', '##'],
  ['#', '#'],
  ['%%', '%%'],
  ['%', '%'],
  ['$$', '$$'],
  ['$', '$'],
  ['@@', '@@'],
  ['@', '@'],
  ['__', '__'],
  ['~~', '~~'],
  ['~', '~'],
  ['!!', '!!'],
  ['!', '!'],
  ['^', '^'],
  ['::', '::'],
  [':', ':'],
  ['*', '*'],
  ['\u00ab', '\u00bb'],
  ['\u2039', '\u203a'],
];

/** Characters that come only before a macro's name. The text after them may be a value, so it must be a known name. */
const LEADING = /^(?:\$\$?|@@?|:{1,2}|#+|%%?|&|!|~|\*|\^|-->?|=|\+|__?)(?=[a-z_])/i;
/** Content of a macro: its name, and possibly a path, a default (`{txid|0}`), a filter or arguments. */
const INSIDE = /^(?=.*[\p{L}_])[\p{L}\p{N}_.: ,=|/?"'()$>-]*$/u;
/** Matches most values: they contain no character of a template's syntax. */
const WITHOUT_SYNTAX = /^[0-9A-Za-z.+-][0-9A-Za-z.,:+ _/-]*$/;
const UUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;
const TEXTS_TO_REPLACE =
  /^(?:(?:your|my|the|insert|put|replace|enter|paste|add|set|macro|value|here|this|with|of|me|x|todo|example|placeholder|parameter|param|[\s_-]|click|id|tx|transaction|payout|amount|sum|event|goal|status|currency|player|user|order|sub)+)$/i;

/**
 * Whether a value is a macro that its sender did not fill in, such as `{clickid}`, `%%TXID%%`, `[=TID=]` or `$txid`: it has a
 * template's syntax around or before it, and is not a plausible value. Such a value counts as absent.
 */
export function isUnfilledMacro(value: string): boolean {
  if (value.length > MAX_MACRO || WITHOUT_SYNTAX.test(value)) return false;
  return variantsOf(value.trim()).some((text) => isMacro(text) || isMacros(text));
}

/**
 * The same for a value that must identify something. It also identifies nothing if it contains a macro (`order_{id}`), is a
 * field's name (`TRANSACTION_ID`), or is a placeholder (`YOUR_TXID`).
 */
export function isUnfilledIdentity(value: string): boolean {
  // A placeholder has no digits, and a macro has a template's syntax.
  if (value.length > MAX_MACRO || (WITHOUT_SYNTAX.test(value) && /\d/.test(value))) return false;
  if (isUnfilledMacro(value)) return true;
  return variantsOf(value.trim()).some((text) => EMBEDDED.test(text) || isPlaceholder(text));
}

const EMBEDDED =
  /\{\{?[$!@#%]?\s*[a-z_][\w.: |-]*\}|\$\{[\w.: -]+\}|%%[a-z_]\w*%%|\[\[[a-z_][\w.: -]*\]\]|<%=?[^<>]*%>|\*\|[a-z_]\w*\|\*|###[a-z_]\w*###/i;

function isPlaceholder(text: string): boolean {
  if (/\d/.test(text) || !/[a-z]/i.test(text)) return false;
  return (
    isParamName(nameKey(text)) ||
    (/(?:your|insert|replace|here|placeholder|xxx|macro)/i.test(text) && TEXTS_TO_REPLACE.test(text))
  );
}

/** The text and its decoded forms: `%7Bclickid%7D`, `&lt;txid&gt;`. */
function variantsOf(text: string): string[] {
  const variants = [text];
  for (let i = 0; i < MAX_DECODINGS; i++) {
    const last = variants.at(-1) ?? '';
    const next = decoded(last);
    if (next === last) break;
    variants.push(next);
  }
  return variants;
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  lbrace: '{',
  rbrace: '}',
  lbrack: '[',
  rbrack: ']',
};

function decoded(text: string): string {
  const withoutEntities = text.includes('&')
    ? text.replaceAll(
        /&(?:#(\d{1,5})|#x([0-9a-f]{1,4})|([a-z]{2,6}));/gi,
        (whole, decimal?: string, hex?: string, name?: string) => {
          if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
          return String.fromCharCode(decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal));
        },
      )
    : text;
  if (!/%[0-9a-f]{2}/i.test(withoutEntities)) return withoutEntities.trim();
  try {
    return decodeURIComponent(withoutEntities).trim();
  } catch {
    return withoutEntities.trim();
  }
}

function isMacro(text: string): boolean {
  for (const [open, close] of PAIRS) {
    if (text.length < open.length + close.length || !text.startsWith(open) || !text.endsWith(close)) continue;
    const inside = text.slice(open.length, text.length - close.length).trim();
    if (inside === '' && open.includes('{')) return true;
    if (isNameInside(inside, open)) return true;
  }
  return isBrokenMacro(text) || isPrefixedName(text);
}

function isNameInside(inside: string, open: string): boolean {
  if (open === '<?php') return true;
  if (!INSIDE.test(inside) || inside.startsWith('"')) return false;
  const named = inside.replace(/^[=!$@#:]+/, '');
  const end = named.search(/[|:=?]/);
  const name = end < 0 ? named : named.slice(0, end).trimEnd();
  if (isParamName(nameKey(name))) return true;
  if (!/[\p{L}_]/u.test(name) || (BRACES.test(open) ? isCode(name) : isPlausibleValue(name))) return false;
  // These characters are common in ordinary text, so the content must look like a name and nothing else.
  return !/^[*~!^:@(|]$/.test(open) || /^[\p{L}_][\p{L}\p{N}_.-]*(?: [\p{L}\p{N}_.-]+){0,3}$/u.test(name);
}

/** Opening characters that no value has around it, except numbers and generated codes. */
const BRACES = /\{|<[%?]|^%%$|^\*\|$|^__$/;

function isCode(text: string): boolean {
  return UUID.test(text) || /^(?=.*\d)[0-9a-f]{16,}$/i.test(text) || /^\d/.test(text);
}

/** A number, a UUID or a long code is a value. Names of macros have few digits. */
function isPlausibleValue(text: string): boolean {
  return isCode(text) || (text.match(/\d/g)?.length ?? 0) >= 4;
}

/** One brace was lost: `{txid`, `txid}}`. No identifier begins or ends with a brace. */
function isBrokenMacro(text: string): boolean {
  const [, name] = /^(?:\$?\{+|%7b)([a-z_][\w.: -]*)\}*$/i.exec(text) ?? /^\{*([a-z_][\w.: -]*)\}+$/i.exec(text) ?? [];
  return name !== undefined && !isPlausibleValue(name);
}

function isPrefixedName(text: string): boolean {
  const prefix = LEADING.exec(text)?.[0];
  if (prefix === undefined) return false;
  const name = text.slice(prefix.length);
  if (prefix.startsWith('$'))
    return (
      /^[a-z_]\w*(?:(?:->|\.|\[)['"]?\w+['"]?\]?)*$/i.test(name) && !isPlausibleValue(name) && !/^[A-Z]{3}$/.test(name)
    );
  return isParamName(nameKey(name));
}

/** Several macros with only punctuation between them: `{a}_{b}`. */
function isMacros(text: string): boolean {
  const others = text.replaceAll(/\$?\{\{?[^{}]*\}\}?|\[\[?[^[\]]*\]\]?|%%\w+%%|<[^<>]*>|#\w+#/g, (part) =>
    isMacro(part) ? '' : part,
  );
  return others !== text && /^[\s_\-.:,;|/+~*]*$/.test(others);
}
