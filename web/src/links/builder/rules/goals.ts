import type { Choice } from '../../../ui/controls/select-field';
import type { Goal } from '../draft/draft';
import { rulesWords } from './rules-words';

export const goals: readonly Choice<Goal>[] = (['approved', 'registration', 'ftd', 'epc'] as const).map((value) => ({
  value,
  label: rulesWords.goals[value],
}));

/** A cap counts conversions, so revenue is no goal of it. */
export const capGoals = goals.filter(({ value }) => value !== 'epc');
