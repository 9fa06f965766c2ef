/**
 * A remark about an outcome, such as a value that was dropped, guessed, translated or merged. The code is for programs
 * and tests. The text is for people: a sentence that says what happened and, where possible, what to do.
 */
export interface Notice {
  code: string;
  text: string;
}
