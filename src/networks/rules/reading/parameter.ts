/** One parameter of a request, or one cell of a file, as it was sent. */
export interface Parameter {
  name: string;
  value: string;
  /** The value was a JSON number, so a dot is a decimal point. */
  isNumber?: true | undefined;
  /** For a column that a person has chosen: see chosen-key.ts. It replaces the key of the name. */
  key?: string | undefined;
}
