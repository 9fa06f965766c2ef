export type FormulaProblemCode =
  | 'unknown_metric'
  | 'missing_operand'
  | 'missing_operator'
  | 'missing_parenthesis'
  | 'unexpected_parenthesis'
  | 'unexpected_character'
  | 'number_too_long'
  | 'too_long'
  | 'too_deep'
  | 'too_many_operands';

/** The reason why a formula cannot be read. */
export interface FormulaProblem {
  code: FormulaProblemCode;
  /** Index in the given text, from 0. The sentence counts from 1. */
  position: number;
  /** The error for people, with what to do. */
  message: string;
}

/** A refusal with its problem. */
export interface FormulaRefusal {
  ok: false;
  problem: FormulaProblem;
}

export function refuseFormula(code: FormulaProblemCode, position: number, message: string): FormulaRefusal {
  return { ok: false, problem: { code, position, message } };
}
