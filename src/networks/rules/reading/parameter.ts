/** One parameter of a request, or one cell of a file, as it was sent. */
export interface Parameter {
  name: string;
  value: string;
  /** It was a number in JSON, where a dot is a decimal mark. */
  isNumber?: true | undefined;
}
