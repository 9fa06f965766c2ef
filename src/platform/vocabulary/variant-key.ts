/** The key for counts of a variant. It includes the rule, because variants of different rules may share a name. */
export function variantKey(rule: string | null | undefined, variant: string): string {
  return rule === undefined || rule === null ? variant : `${rule}/${variant}`;
}
