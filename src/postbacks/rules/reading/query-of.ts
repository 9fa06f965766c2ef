/** The query of a request's URL as it was sent, without its question mark. */
export function queryOf(url: string): string {
  const questionMark = url.indexOf('?');
  return questionMark < 0 ? '' : url.slice(questionMark + 1);
}
