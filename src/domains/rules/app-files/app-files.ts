import type { FieldProblem } from '../../../platform/http/problems/problem.js';
import { isAppleFile } from './apple-file.js';
import { isAssetLinks } from './asset-links.js';
import { type Check, problem } from './json-checks.js';

/** The fields of a domain that are such files, by which installed apps open the domain's links. */
export const APP_FILES = ['appleAppSiteAssociation', 'assetLinks'] as const;
export type AppFile = (typeof APP_FILES)[number];

/** As a request has them and as they are shown. */
export type AppFileFields = {
  appleAppSiteAssociation?: Record<string, unknown> | null | undefined;
  assetLinks?: unknown[] | null | undefined;
};
/** As they are stored: JSON as text, since its names may be anything, also what MongoDB takes for an operator. */
export type AppFileTexts = { [K in AppFile]?: string | null };

/**
 * Apple's limit for a file that is not compressed, says "Support Universal Links" in its App Search Programming Guide. Of Google no
 * limit is known; the same is ours for both.
 */
const MAX_BYTES = 128 * 1024;
/** Of one file; who has more mistakes than that has made one many times. */
const MAX_PROBLEMS = 50;

const CHECKS: Record<AppFile, Check> = { appleAppSiteAssociation: isAppleFile, assetLinks: isAssetLinks };

/** What is wrong with the files that are given. */
export function appFileProblems(fields: AppFileFields): FieldProblem[] {
  return APP_FILES.flatMap((name) => {
    const value = fields[name];
    if (value === undefined || value === null) return [];
    if (Buffer.byteLength(JSON.stringify(value)) > MAX_BYTES)
      return problem(name, 'too_long', `it may have ${MAX_BYTES} bytes of JSON at most`);
    return CHECKS[name](value, name).slice(0, MAX_PROBLEMS);
  });
}

/** What is not given is left out. */
export function toAppFileTexts(fields: AppFileFields): AppFileTexts {
  const texts: AppFileTexts = {};
  for (const name of APP_FILES) {
    const value = fields[name];
    if (value !== undefined) texts[name] = value === null ? null : JSON.stringify(value);
  }
  return texts;
}

/** As `toAppFileTexts` was given them; `null` for none. */
export function fromAppFileTexts(texts: AppFileTexts): Required<AppFileFields> {
  const [apple, android] = APP_FILES.map((name) => JSON.parse(texts[name] ?? 'null') as unknown);
  return { appleAppSiteAssociation: apple as Record<string, unknown> | null, assetLinks: android as unknown[] | null };
}
