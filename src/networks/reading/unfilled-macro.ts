// The delimiters that networks use around macro names: {x} {{x}} ${x} {url.x} #x# [x] [[x]] %x% <x> (x)
const UNFILLED = [
  /^\$?\{\{?[\w.:= -]*\}?\}$/,
  /^#(?=.*[a-z_])[\w.: -]+#$/i,
  /^\[\[?(?=.*[a-z_])[\w.: -]+\]?\]$/i,
  /^%[a-z_][\w.: -]*%$/i,
  /^<(?=.*[a-z_])[\w.: -]+>$/i,
  /^\((?=.*[a-z_])[\w.: -]+\)$/i,
];
const MAX_MACRO = 200;

/** Whether a value is a macro that its sender did not fill in, such as `{clickid}` or `#s2#`. It counts as absent. */
export function isUnfilledMacro(value: string): boolean {
  if (value.length > MAX_MACRO) return false;
  const text = value.trim();
  return isMacro(text) || (/%[0-9a-f]{2}/i.test(text) && isMacro(decoded(text)));
}

function isMacro(text: string): boolean {
  return UNFILLED.some((pattern) => pattern.test(text));
}

/** Some encode a macro's delimiters once more than they should: `%7Bclickid%7D` is what is left of `{clickid}`. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text).trim();
  } catch {
    return text;
  }
}
