import { CLICK_ID_LENGTH } from './click-id.js';

export type ClickIdProblem = 'malformed_click_id' | 'forged_click_id' | 'unknown_click';

/** Shorter texts are not taken for a truncated click id. */
const MIN_TRUNCATED = 12;

/** Says for people what is wrong with a click id that was sent, and what to check. */
export function clickIdHint(problem: ClickIdProblem, text: string): string {
  if (problem === 'unknown_click') return 'The click id is genuine, but it belongs to no link of this workspace.';
  const isAlphanumeric = /^[0-9A-Za-z]+$/.test(text);
  if (isAlphanumeric && text.length === CLICK_ID_LENGTH && text === text.toLowerCase()) return `${CASE} small letters.`;
  if (isAlphanumeric && text.length === CLICK_ID_LENGTH && text === text.toUpperCase())
    return `${CASE} capital letters.`;
  if (isAlphanumeric && text.length >= MIN_TRUNCATED && text.length < CLICK_ID_LENGTH) {
    return `A click id has ${CLICK_ID_LENGTH} characters, and this value has only ${text.length}: it was cut on the way. Look for a field that is too short.`;
  }
  if (problem === 'forged_click_id') {
    return 'It looks like a click id, but this Hopback did not make it, or a character was changed on the way.';
  }
  return 'The value does not look like a click id of Hopback: check that the link passes the click id unchanged, and that the network returns it in this parameter.';
}

const CASE = 'Small and capital letters differ in a click id, and all letters of this one were changed to';
