/** One parameter of a request, or one cell of a file, as it was sent. */
export interface Parameter {
  name: string;
  value: string;
}
