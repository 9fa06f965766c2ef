import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AppFileFields, appFileProblems, fromAppFileTexts, toAppFileTexts } from './app-files.js';

const APP = 'ABCDE12345.com.example.app';
const PRINT = Array.from({ length: 32 }, (_, i) => i.toString(16).padStart(2, '0').toUpperCase()).join(':');
const RELATION = ['delegate_permission/common.handle_all_urls'];
const ANDROID = { namespace: 'android_app', package_name: 'com.example.app', sha256_cert_fingerprints: [PRINT] };

const pathsOf = (fields: AppFileFields): string[] => appFileProblems(fields).map(({ path }) => path);
const applePaths = (file: Record<string, unknown>): string[] =>
  pathsOf({ appleAppSiteAssociation: file }).map((path) => path.replace('appleAppSiteAssociation', '~'));
const androidPaths = (list: unknown[]): string[] =>
  pathsOf({ assetLinks: list }).map((path) => path.replace('assetLinks', '~'));

describe('an apple-app-site-association file', () => {
  it.each<[string, Record<string, unknown>]>([
    [
      'of Apple’s documentation',
      {
        applinks: {
          defaults: { caseSensitive: false, percentEncoded: true },
          substitutionVariables: { 'a.b': ['1', '2?'], $c: ['*'] },
          details: [
            {
              appIDs: [APP, 'ABCDE12345.com.example.app2'],
              defaults: { caseSensitive: true },
              components: [
                { '#': 'no_universal_links', exclude: true, comment: 'not these' },
                { '/': '/help/*', '?': { articleNumber: '????' } },
                { '?': '*' },
              ],
            },
          ],
        },
        webcredentials: { apps: [APP] },
        appclips: { apps: ['ABCED12345.com.example.MyApp.Clip'] },
      },
    ],
    ['of before iOS 13', { applinks: { apps: [], details: [{ appID: APP, paths: ['/a/*', 'NOT /b', '*'] }] } }],
    ['without components', { applinks: { details: [{ appIDs: [APP] }] } }],
    ['for passwords only', { webcredentials: { apps: [APP] } }],
    [
      'with what Apple may add',
      { appclips: { apps: [APP], later: 1 }, activitycontinuation: { apps: [APP] }, new: {} },
    ],
  ])('%s is taken', (_, file) => {
    expect(applePaths(file)).toEqual([]);
  });

  it.each<[Record<string, unknown>, string[]]>([
    [{}, ['~']],
    [{ applink: { details: [] } }, ['~']],
    [{ applinks: {} }, ['~.applinks']],
    [{ applinks: [] }, ['~.applinks']],
    [{ applinks: { details: {} } }, ['~.applinks.details']],
    [{ applinks: { details: [{ components: [] }] } }, ['~.applinks.details.0']],
    [{ applinks: { details: [{ appIDs: [] }, 5] } }, ['~.applinks.details.0.appIDs', '~.applinks.details.1']],
    [{ applinks: { details: [{ appIDs: [APP, 'com.example.app'] }] } }, ['~.applinks.details.0.appIDs.1']],
    [
      { applinks: { details: [{ appID: `${APP}\n`, components: [{ '/': 1, exclude: 'yes', '?': ['x'] }] }] } },
      ['appID', 'components.0./', 'components.0.?', 'components.0.exclude'].map((at) => `~.applinks.details.0.${at}`),
    ],
    [
      { applinks: { details: [{ appID: APP, components: [{ '?': { a: 1 } }], paths: [null] }] } },
      ['~.applinks.details.0.components.0.?.a', '~.applinks.details.0.paths.0'],
    ],
    [
      { applinks: { details: [], substitutionVariables: { $in: 'x' } }, webcredentials: {}, appclips: { apps: ['*'] } },
      ['~.applinks.substitutionVariables.$in', '~.webcredentials', '~.appclips.apps.0'],
    ],
  ])('%j has faults at %j', (file, paths) => {
    expect(applePaths(file)).toEqual(paths);
  });
});

describe('an assetlinks.json file', () => {
  it.each<[string, unknown[]]>([
    ['for an app', [{ relation: RELATION, target: ANDROID }]],
    [
      'for an app and a site',
      [
        { relation: [...RELATION, 'delegate_permission/common.get_login_creds'], target: ANDROID },
        { relation: RELATION, target: { namespace: 'web', site: 'https://www.example.com:8443' } },
      ],
    ],
    ['with extensions', [{ relation: RELATION, target: ANDROID, relation_extensions: { 'a/b.c': { $x: [1] } } }]],
    ['that stands elsewhere', [{ include: 'https://example.com/includedstatements.json' }]],
    ['of nothing', []],
  ])('%s is taken', (_, list) => {
    expect(androidPaths(list)).toEqual([]);
  });

  it.each<[unknown[], string[]]>([
    [
      [5, null, 'x'],
      ['~.0', '~.1', '~.2'],
    ],
    [[{}], ['~.0.relation', '~.0.target']],
    [[{ relation: RELATION[0], target: 'app' }], ['~.0.relation', '~.0.target']],
    [[{ relation: [], target: { namespace: 'ios' } }], ['~.0.relation', '~.0.target.namespace']],
    [
      [{ relation: ['handle_all_urls'], target: { namespace: 'android_app' } }],
      ['~.0.relation.0', '~.0.target.package_name', '~.0.target.sha256_cert_fingerprints'],
    ],
    [
      [{ relation: RELATION, target: { ...ANDROID, package_name: 'app', sha256_cert_fingerprints: [PRINT, 'AA:BB'] } }],
      ['~.0.target.package_name', '~.0.target.sha256_cert_fingerprints.1'],
    ],
    [
      [{ relation: RELATION, target: { ...ANDROID, sha256_cert_fingerprints: [PRINT.toLowerCase()] } }],
      ['~.0.target.sha256_cert_fingerprints.0'],
    ],
    [[{ relation: RELATION, target: { namespace: 'web', site: 'https://a.example/path' } }], ['~.0.target.site']],
    [[{ include: 'includedstatements.json' }], ['~.0.include']],
    [Array.from({ length: 11 }, (_, i) => ({ include: `https://example.com/${i}` })), ['~']],
  ])('%j has faults at %j', (list, paths) => {
    expect(androidPaths(list)).toEqual(paths);
  });
});

describe('both', () => {
  it('may have 128 KiB, as bytes and not as characters', () => {
    const apple = (comment: string) => ({ appleAppSiteAssociation: { webcredentials: { apps: [] }, comment } });
    const rest = JSON.stringify(apple('').appleAppSiteAssociation).length;
    expect(pathsOf(apple('x'.repeat(131_072 - rest)))).toEqual([]);
    expect(appFileProblems(apple('x'.repeat(131_073 - rest)))).toMatchObject([{ code: 'too_long' }]);
    expect(pathsOf(apple('é'.repeat(70_000)))).toEqual(['appleAppSiteAssociation']);
    expect(pathsOf({ assetLinks: ['x'.repeat(131_072)] })).toEqual(['assetLinks']);
  });

  it('are all named at once, up to a limit', () => {
    expect(pathsOf({ appleAppSiteAssociation: {}, assetLinks: [{}] })).toHaveLength(3);
    expect(pathsOf({ assetLinks: Array.from({ length: 5_000 }, () => 1) })).toHaveLength(50);
  });

  it('come back from their texts as they were', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true });
    fc.assert(
      fc.property(object, fc.array(fc.jsonValue()), (appleAppSiteAssociation, assetLinks) => {
        const fields = JSON.parse(JSON.stringify({ appleAppSiteAssociation, assetLinks })) as Required<AppFileFields>;
        expect(fromAppFileTexts(toAppFileTexts(fields))).toEqual(fields);
      }),
    );
    expect(toAppFileTexts({ assetLinks: null })).toEqual({ assetLinks: null });
    expect(toAppFileTexts({ assetLinks: undefined })).toEqual({});
    expect(fromAppFileTexts({})).toEqual({ appleAppSiteAssociation: null, assetLinks: null });
  });
});
