import type { FieldProblem } from '../../../platform/http/problems/problem.js';
import { isAppleFile } from './apple-file.js';
import { isAssetLinks } from './asset-links.js';
import { type Check, problem } from './json-checks.js';

/** The files of a domain by which installed apps open its links. */
export const APP_FILES = ['appleAppSiteAssociation', 'assetLinks'] as const;
export type AppFile = (typeof APP_FILES)[number];

/** The files as JSON values, in requests and responses. */
export type AppFileFields = {
  appleAppSiteAssociation?: Record<string, unknown> | null | undefined;
  assetLinks?: unknown[] | null | undefined;
};
/** The files as they are stored. They are text because their field names may be operators of MongoDB. */
export type AppFileTexts = { [K in AppFile]?: string | null };

/**
 * Apple's limit for an uncompressed file ("Support Universal Links", App Search Programming Guide). Google documents
 * no limit; the same one is used for both.
 */
const MAX_BYTES = 128 * 1024;
/** Maximum number of reported problems in one file: beyond it, one mistake is usually repeated. */
const MAX_PROBLEMS = 50;

const CHECKS: Record<AppFile, Check> = { appleAppSiteAssociation: isAppleFile, assetLinks: isAssetLinks };

/** The problems of the given files. */
export function appFileProblems(fields: AppFileFields): FieldProblem[] {
  return APP_FILES.flatMap((name) => {
    const value = fields[name];
    if (value === undefined || value === null) return [];
    if (Buffer.byteLength(JSON.stringify(value)) > MAX_BYTES)
      return problem(name, 'too_long', `it may have ${MAX_BYTES} bytes of JSON at most`);
    return CHECKS[name](value, name).slice(0, MAX_PROBLEMS);
  });
}

/** Serialises the given files; absent ones stay absent. */
export function toAppFileTexts(fields: AppFileFields): AppFileTexts {
  const texts: AppFileTexts = {};
  for (const name of APP_FILES) {
    const value = fields[name];
    if (value !== undefined) texts[name] = value === null ? null : JSON.stringify(value);
  }
  return texts;
}

/** The reverse of `toAppFileTexts`; `null` for an absent file. */
export function fromAppFileTexts(texts: AppFileTexts): Required<AppFileFields> {
  const [apple, android] = APP_FILES.map((name) => JSON.parse(texts[name] ?? 'null') as unknown);
  return { appleAppSiteAssociation: apple as Record<string, unknown> | null, assetLinks: android as unknown[] | null };
}
