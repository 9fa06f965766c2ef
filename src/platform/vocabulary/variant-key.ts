/** What clicks and conversions of a variant are counted under: variants of different rules may have the same name. */
export function variantKey(rule: string | null | undefined, variant: string): string {
  return rule === undefined || rule === null ? variant : `${rule}/${variant}`;
}
