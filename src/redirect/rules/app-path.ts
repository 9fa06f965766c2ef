/** Whether a slug is under `/app`, where the pages for people are. On PUBLIC_URL's host they come before links. */
export function isAppSlug(slug: string): boolean {
  return slug.startsWith('app') && (slug.length === 3 || slug.startsWith('app/'));
}
