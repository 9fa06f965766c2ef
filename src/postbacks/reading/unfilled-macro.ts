// The delimiters that networks use around macro names: {x} {{x}} #x# [x] %x% <x> (x) {url.x}
const UNFILLED = [
  /^\{\{?[\w.: -]*\}?\}$/,
  /^#[\w.: -]+#$/,
  /^\[[\w.: -]+\]$/,
  /^%[A-Za-z_][\w.: -]*%$/,
  /^<[\w.: -]+>$/,
  /^\([\w.: -]+\)$/,
];

/** Whether a value is a macro that its sender did not fill in, such as `{clickid}` or `#s2#`. It counts as absent. */
export function isUnfilledMacro(value: string): boolean {
  const text = value.trim();
  return UNFILLED.some((pattern) => pattern.test(text));
}
