import { CLICK_ID_LENGTH } from './click-id.js';

export type ClickIdProblem = 'malformed_click_id' | 'forged_click_id' | 'unknown_click';

/** Shorter texts are not taken for a truncated click id. */
const MIN_TRUNCATED = 12;

/** Says for people what is wrong with a click id that was sent, and what to check. */
export function clickIdHint(problem: ClickIdProblem, text: string): string {
  if (problem === 'unknown_click') return 'The click id is genuine, but no link of this workspace belongs to it.';
  const isAlphanumeric = /^[0-9A-Za-z]+$/.test(text);
  if (isAlphanumeric && text.length === CLICK_ID_LENGTH && text === text.toLowerCase())
    return `${CASE} in small letters.`;
  if (isAlphanumeric && text.length === CLICK_ID_LENGTH && text === text.toUpperCase()) return `${CASE} in capitals.`;
  if (isAlphanumeric && text.length >= MIN_TRUNCATED && text.length < CLICK_ID_LENGTH) {
    return `The value has ${text.length} of a click id's ${CLICK_ID_LENGTH} characters: it was cut on the way. Look for a field that is too short.`;
  }
  if (problem === 'forged_click_id') {
    return 'It looks like a click id, but this Hopback did not make it, or a character was changed on the way.';
  }
  return 'The value does not look like a click id of ours: check that the link passes it on unbroken and that the network returns that very parameter.';
}

const CASE = 'A click id has small and capital letters that differ, and this one was put';
