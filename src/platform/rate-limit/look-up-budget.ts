import { wideBlock } from '../net/address-block.js';

/** A block may always have so many look-ups under way, however busy it is. */
const LEAST_FOR_A_BLOCK = 10;

/**
 * Shares out the look-ups that may be under way at the same time: a block of addresses gets a tenth of those that are free,
 * so that none of them takes what others need.
 */
export class LookUpBudget {
  private total = 0;
  private readonly byBlock = new Map<string, number>();

  constructor(private readonly max: number) {}

  /**
   * @param address who asks; absent for what this process asks by itself.
   * @returns a function to be called when the look-up has ended; `undefined` when it may not begin.
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
