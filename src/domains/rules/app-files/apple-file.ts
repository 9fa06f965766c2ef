import { type Check, isFlag, isObject, isText, listOf, mapOf, matching, objectOf, problem } from './json-checks.js';

// https://developer.apple.com/documentation/xcode/supporting-associated-domains for the file, and
// https://developer.apple.com/documentation/bundleresources/applinks for what is in `applinks`. `appID` with `paths` is the form of
// iOS 12 and before: "Support Universal Links" in Apple's App Search Programming Guide.

const isAppId = matching(
  /^[0-9A-Z]{10}\.[0-9A-Za-z][0-9A-Za-z.-]{0,154}$/,
  'app_id',
  'it must be <application identifier prefix>.<bundle identifier>: ABCDE12345.com.example.app',
);

/** One pattern for the whole query, or one for each parameter. */
const isQuery: Check = (value, path) => {
  if (typeof value === 'string') return [];
  if (isObject(value)) return mapOf(isText)(value, path);
  return problem(path, 'query_pattern', 'it must be a text, or an object with a text for each parameter');
};

const isComponent = objectOf({
  '/': isText,
  '?': isQuery,
  '#': isText,
  exclude: isFlag,
  comment: isText,
  caseSensitive: isFlag,
  percentEncoded: isFlag,
});

const isDetail = objectOf(
  {
    appIDs: listOf(isAppId, 1),
    appID: isAppId,
    components: listOf(isComponent),
    paths: listOf(isText),
    defaults: isComponent,
  },
  ['appIDs', 'appID'],
);

const isAppLinks = objectOf(
  {
    details: listOf(isDetail),
    substitutionVariables: mapOf(listOf(isText)),
    defaults: isComponent,
    apps: listOf(isAppId),
  },
  ['details'],
);

const isAppList = objectOf({ apps: listOf(isAppId) }, ['apps']);

/** Checks an apple-app-site-association file: the apps of iOS and macOS that may open the domain's links. */
export const isAppleFile: Check = objectOf(
  { applinks: isAppLinks, webcredentials: isAppList, appclips: isAppList, activitycontinuation: isAppList },
  ['applinks', 'webcredentials', 'appclips'],
);
