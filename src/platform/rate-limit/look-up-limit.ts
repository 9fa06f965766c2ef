import { wideBlock } from '../net/address-block.js';

/** Look-ups that a block may always have in progress, even under load. */
const LEAST_FOR_A_BLOCK = 10;

/**
 * Divides the concurrent look-ups between blocks of addresses: a block gets a tenth of the free ones, so that it cannot
 * take the capacity of others.
 */
export class LookUpLimit {
  private total = 0;
  private readonly byBlock = new Map<string, number>();

  constructor(private readonly max: number) {}

  /**
   * @param address the client's address; absent for look-ups by this process itself.
   * @returns a function to call when the look-up has ended; `undefined` when it may not begin.
   */
  begin(address?: string): (() => void) | undefined {
    if (this.total >= this.max) return undefined;
    if (address === undefined) {
      this.total++;
      return () => void this.total--;
    }
    const block = wideBlock(address);
    const running = this.byBlock.get(block) ?? 0;
    if (running >= LEAST_FOR_A_BLOCK && running >= (this.max - this.total) / 10) return undefined;
    this.total++;
    this.byBlock.set(block, running + 1);
    return () => this.end(block);
  }

  private end(block: string): void {
    this.total--;
    const left = (this.byBlock.get(block) ?? 1) - 1;
    if (left > 0) this.byBlock.set(block, left);
    else this.byBlock.delete(block);
  }
}
