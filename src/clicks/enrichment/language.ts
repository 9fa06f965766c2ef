/** The first language of an `Accept-Language` header, without its region: `de-DE,de;q=0.9` → `de`. */
export function primaryLanguage(acceptLanguage: string): string | undefined {
  return /^\s*([a-z]{2,3})\b/i.exec(acceptLanguage)?.[1]?.toLowerCase();
}
