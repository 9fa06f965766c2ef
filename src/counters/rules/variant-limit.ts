import { ownCopy } from '../../platform/text/own-copy.js';

/** A link has up to 1,020 variants (50 rules with 20 each, and 20 of its own). Their names can change within a row's time. */
export const MAX_ROW_VARIANTS = 2_000;
const MAX_ROWS = 5_000;

/**
 * Limits the number of different variants in a row, for the latest rows. Without it, a link whose variants are renamed again
 * and again could have a row that is larger than a document may be. Its clicks could then not be counted.
 */
export class VariantLimit {
  private readonly rows = new Map<string, Set<string>>();

  /** Whether the variant counts in the row; not when the row has the maximum of other variants. */
  admits(row: string, variant: string): boolean {
    const variants = this.variantsOf(row);
    if (variants.has(variant)) return true;
    if (variants.size >= MAX_ROW_VARIANTS) return false;
    variants.add(ownCopy(variant));
    return true;
  }

  private variantsOf(row: string): Set<string> {
    let variants = this.rows.get(row);
    if (variants === undefined) {
      if (this.rows.size >= MAX_ROWS) this.rows.delete(this.rows.keys().next().value as string);
      variants = new Set();
      this.rows.set(row, variants);
    }
    return variants;
  }
}
