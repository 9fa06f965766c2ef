import { countingFor, type RateDay, type RateWindow } from './rate-days.js';
import { sampleRates } from './sample-rates.js';

/** The rates that apply on a day: those that the workspace has loaded, else the sample rates. */
export function rateWindow(day: string, loaded: readonly RateDay[]): RateWindow {
  const own = countingFor(day, loaded);
  return own.length > 0 ? { source: 'own', days: own } : { source: 'sample', days: countingFor(day, sampleRates()) };
}
