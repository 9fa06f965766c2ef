import { nameKey } from './name-key.js';
import { isParamName } from './vocabulary.js';

const MAX_MACRO = 200;
const MAX_DECODINGS = 3;

/** Marks that networks and trackers put around a macro's name; longer ones first. */
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

/** Marks that lead a name, with nothing behind it. What they lead may be a value too, so it must be a known name there. */
const LEADING = /^(?:\$\$?|@@?|:{1,2}|#+|%%?|&|!|~|\*|\^|-->?|=|\+|__?)(?=[a-z_])/i;
/** What may stand in a macro beside its name: a path, a default (`{txid|0}`), a filter, arguments. */
const INSIDE = /^(?=.*[\p{L}_])[\p{L}\p{N}_.: ,=|/?"'()$>-]*$/u;
/** Most values: nothing in them could be a template's mark. */
const PLAIN = /^[0-9A-Za-z.+-][0-9A-Za-z.,:+ _/-]*$/;
const UUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;
const TEXTS_TO_REPLACE =
  /^(?:(?:your|my|the|insert|put|replace|enter|paste|add|set|macro|value|here|this|with|of|me|x|todo|example|placeholder|parameter|param|[\s_-]|click|id|tx|transaction|payout|amount|sum|event|goal|status|currency|player|user|order|sub)+)$/i;

/**
 * Whether a value is a macro that its sender did not fill in, such as `{clickid}`, `%%TXID%%`, `[=TID=]` or `$txid`: whatever is
 * wrapped in or led by a template's marks and is no plausible value. It counts as absent.
 */
export function isUnfilledMacro(value: string): boolean {
  if (value.length > MAX_MACRO || PLAIN.test(value)) return false;
  return variantsOf(value.trim()).some((text) => isMacro(text) || isMacros(text));
}

/**
 * The same of a value that is to identify something: it also identifies nothing when a macro stands in it (`order_{id}`), or when
 * it is the name of a field (`TRANSACTION_ID`) or asks to be replaced (`YOUR_TXID`).
 */
export function isUnfilledIdentity(value: string): boolean {
  // A placeholder has no digits, and a macro is none of the plain values.
  if (value.length > MAX_MACRO || (PLAIN.test(value) && /\d/.test(value))) return false;
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

/** The text, and what is left of it when its encodings are undone: `%7Bclickid%7D`, `&lt;txid&gt;`. */
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
  const plain = text.includes('&')
    ? text.replaceAll(
        /&(?:#(\d{1,5})|#x([0-9a-f]{1,4})|([a-z]{2,6}));/gi,
        (whole, decimal?: string, hex?: string, name?: string) => {
          if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
          return String.fromCharCode(decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal));
        },
      )
    : text;
  if (!/%[0-9a-f]{2}/i.test(plain)) return plain.trim();
  try {
    return decodeURIComponent(plain).trim();
  } catch {
    return plain.trim();
  }
}

function isMacro(text: string): boolean {
  for (const [open, close] of PAIRS) {
    if (text.length < open.length + close.length || !text.startsWith(open) || !text.endsWith(close)) continue;
    const inside = text.slice(open.length, text.length - close.length).trim();
    if (inside === '' && open.includes('{')) return true;
    if (isNameInside(inside, open)) return true;
  }
  return isBrokenMacro(text) || isLedName(text);
}

function isNameInside(inside: string, open: string): boolean {
  if (open === '<?php') return true;
  if (!INSIDE.test(inside) || inside.startsWith('"')) return false;
  const named = inside.replace(/^[=!$@#:]+/, '');
  const end = named.search(/[|:=?]/);
  const name = end < 0 ? named : named.slice(0, end).trimEnd();
  if (isParamName(nameKey(name))) return true;
  if (!/[\p{L}_]/u.test(name) || (BRACES.test(open) ? isCode(name) : isPlausibleValue(name))) return false;
  // Brackets of prose and marks of every day enclose names only where nothing else can be meant.
  return !/^[*~!^:@(|]$/.test(open) || /^[\p{L}_][\p{L}\p{N}_.-]*(?: [\p{L}\p{N}_.-]+){0,3}$/u.test(name);
}

/** Marks that no value has around it, unless it is a number or a code of a program's making. */
const BRACES = /\{|<[%?]|^%%$|^\*\|$|^__$/;

function isCode(text: string): boolean {
  return UUID.test(text) || /^(?=.*\d)[0-9a-f]{16,}$/i.test(text) || /^\d/.test(text);
}

/** Digits make it a value: a number, a UUID, a long code. Names of macros have few. */
function isPlausibleValue(text: string): boolean {
  return isCode(text) || (text.match(/\d/g)?.length ?? 0) >= 4;
}

/** One mark was lost on the way: `{txid`, `txid}}`. No identifier begins or ends with a brace. */
function isBrokenMacro(text: string): boolean {
  const [, name] = /^(?:\$?\{+|%7b)([a-z_][\w.: -]*)\}*$/i.exec(text) ?? /^\{*([a-z_][\w.: -]*)\}+$/i.exec(text) ?? [];
  return name !== undefined && !isPlausibleValue(name);
}

function isLedName(text: string): boolean {
  const mark = LEADING.exec(text)?.[0];
  if (mark === undefined) return false;
  const name = text.slice(mark.length);
  if (mark.startsWith('$'))
    return (
      /^[a-z_]\w*(?:(?:->|\.|\[)['"]?\w+['"]?\]?)*$/i.test(name) && !isPlausibleValue(name) && !/^[A-Z]{3}$/.test(name)
    );
  return isParamName(nameKey(name));
}

/** Several in a row with nothing but marks between them: `{a}_{b}`. */
function isMacros(text: string): boolean {
  const rest = text.replaceAll(/\$?\{\{?[^{}]*\}\}?|\[\[?[^[\]]*\]\]?|%%\w+%%|<[^<>]*>|#\w+#/g, (part) =>
    isMacro(part) ? '' : part,
  );
  return rest !== text && /^[\s_\-.:,;|/+~*]*$/.test(rest);
}
