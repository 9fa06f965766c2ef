import type { Setup } from '../app/setup/setup-query';
import { startWords } from './start-words';

/** The steps as parts of the bar. */
export function progressOf({ steps, current }: Pick<Setup, 'steps' | 'current'>): ('done' | 'current' | 'open')[] {
  return steps.map(({ id, state }) => (state === 'done' ? 'done' : id === current ? 'current' : 'open'));
}

/** The sentence of the page: how many lines lead to the first conversion, or are left after it. */
export function titleOfSetup({ steps, current }: Pick<Setup, 'steps' | 'current'>): string {
  if (current === null) return startWords.allDone;
  const isLeft = ({ state }: Setup['steps'][number]): boolean => state !== 'done' && state !== 'hidden';
  const last = steps.findIndex(({ id }) => id === 'conversion');
  const conversion = steps[last];
  if (conversion === undefined || !isLeft(conversion)) return startWords.linesLeft(steps.filter(isLeft).length);
  return startWords.linesToDeposit(steps.slice(0, last + 1).filter(isLeft).length);
}
