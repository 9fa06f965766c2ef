import { type Check, isObject, listOf, matching, objectOfAll, problem } from './json-checks.js';

// https://developers.google.com/digital-asset-links/v1/statements

/** Google reads no more includes. */
const MAX_INCLUDES = 10;

const isRelation = matching(
  /^[\w.-]+\/[\w.-]+$/,
  'relation',
  'it must be a relation such as delegate_permission/common.handle_all_urls',
);
const isSite = matching(
  /^https?:\/\/[^\s/?#@\\]+$/,
  'site',
  'it must be the root of a site without a path or a / at the end: https://www.example.com',
);
const isPackageName = matching(
  /^[A-Za-z]\w*(?:\.[A-Za-z]\w*)+$/,
  'package_name',
  'it must be the name of an Android package: com.example.app',
);
const isFingerprint = matching(
  /^[0-9A-F]{2}(?::[0-9A-F]{2}){31}$/,
  'fingerprint',
  'it must be a SHA-256 fingerprint as keytool prints it: 32 bytes in capital hexadecimal digits, separated by colons',
);
const isInclude = matching(/^https?:\/\/[^\s/?#@\\]+\/\S*$/, 'is_url', 'it must be the URL of another such list');

const isWeb = objectOfAll({ site: isSite });
const isAndroidApp = objectOfAll({ package_name: isPackageName, sha256_cert_fingerprints: listOf(isFingerprint, 1) });

const isTarget: Check = (value, path) => {
  const namespace = isObject(value) ? value['namespace'] : undefined;
  if (namespace === 'android_app') return isAndroidApp(value, path);
  if (namespace === 'web') return isWeb(value, path);
  return isObject(value)
    ? problem(`${path}.namespace`, 'is_in', 'it must be android_app or web')
    : problem(path, 'is_object', 'it must be an object');
};

const isStatement: Check = (value, path) =>
  isObject(value) && Object.hasOwn(value, 'include')
    ? isInclude(value['include'], `${path}.include`)
    : objectOfAll({ relation: listOf(isRelation, 1), target: isTarget })(value, path);

/** Checks an assetlinks.json file: the Android apps and sites that a domain trusts. */
export const isAssetLinks: Check = (value, path) => {
  const problems = listOf(isStatement)(value, path);
  const includes = Array.isArray(value) ? value.filter((item) => isObject(item) && Object.hasOwn(item, 'include')) : [];
  return includes.length <= MAX_INCLUDES
    ? problems
    : [...problem(path, 'too_many', `it may have ${MAX_INCLUDES} includes at most`), ...problems];
};
