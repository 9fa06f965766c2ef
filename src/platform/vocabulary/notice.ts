/**
 * Something that a person should know about an outcome: what was dropped, guessed, translated, merged or left open. The code
 * is for programs and tests, the text for people: a whole sentence that says what happened and, where possible, what to do.
 */
export interface Notice {
  code: string;
  text: string;
}
