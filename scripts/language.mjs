// Part of npm run lint: holds the language that docs/glossary.md and docs/adr/0019 describe.
// Fails on a word that is ruled out, a retired name, a name that is exported twice, a path that does not exist, a line of prose above
// 140 characters, a folder with more than 20 source files, a source file of more than 400 lines (300 in web/).
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './setup.mjs';

/** Wordings that readers stumble over, and the better ones. */
const WORDS = [
  [/\b(?:nobody|somebody|everybody)\b/i, 'name the subject: the visitor, the caller, another process'],
  [/\b(?:whoever|whosever|whomever|whom)\b/i, 'name the subject: the visitor, the caller, another process'],
  [/\bone[’']s own\b/i, 'say whose'],
  [/\bbehind (?:the |some|any|no)?\S*?(?:body[’']s|one[’']s|its|their|the) backs?\b/i, '"in the background"'],
  [/\bcan not\b/i, '"cannot"'],
  [/\b(?:gone|goes|going|go) on with\b/i, '"resumed", "continues"'],
];

/** A comment or a text of the API that begins with a clause for a subject. A question may. */
const HEADLESS = /(?:\/\*\*|^\s*\*|\/\/|(?:summary|description): ['"`])\s*(?:What|Whom|Whose|Who)\b(?!.*\?)/;

/** Names that the glossary has replaced. They do not come back. */
const RETIRED = Object.entries({
  ByHand: 'ManualConversion',
  ClickTally: 'ClickAggregate',
  ClickUpkeep: 'ClickRetention',
  DomainDirectory: 'DomainCache',
  FrontConnection: 'FastConnection',
  KeptSessions: 'SessionRegistry',
  KnownValues: 'ReplicatedCache',
  leadOn: 'redirectTo',
  Leases: 'DistributedLock',
  LinkJudge: 'LinkUrlPolicy',
  LinkNews: 'LinkChangeFeed',
  LookUpBudget: 'LookUpLimit',
  MendedEntities: 'RepairedEntities',
  MendedEntity: 'RepairedEntity',
  MendedForm: 'RepairedForm',
  mendForm: 'repairForm',
  mendQueryEntities: 'repairQueryEntities',
  mendRequestLine: 'repairRequestLine',
  mendRequestStart: 'repairRequestStart',
  mendUrl: 'repairUrl',
  mendUrlEntities: 'repairUrlEntities',
  MongoWatch: 'MongoHealth',
  NetworkDirectory: 'NetworkCache',
  OneATurn: 'EventLoopQueue',
  OrphanHits: 'UnmatchedVisits',
  Pacer: 'AdaptiveBatchSize',
  PostbackIntake: 'ProcessPostback',
  PostbackJudge: 'PostbackInterpreter',
  PostbackReceiver: 'ProcessPostback',
  Rehearsal: 'LedgerDryRun',
  Rematcher: 'ReprocessPostback',
  Ruling: 'VisitorKind',
  RULINGS: 'VISITOR_KINDS',
  SharedLimit: 'SharedRateLimiter',
  ShipBatch: 'CountedBatch',
  StandIn: 'OfflineRedirector',
  Ticker: 'BackgroundJob',
  TimeSlice: 'EventLoopYielder',
  Unlocker: 'UnlockService',
  Unlocks: 'UnlockCookies',
  UPWARD_CALLS: 'PORT_PROVIDERS',
  UpwardCall: 'PortProviders',
  UrlJudge: 'UrlPolicy',
  ValueBudget: 'CardinalityLimit',
  VisitorMemory: 'RecentVisitors',
  WorkspaceUpkeep: 'RetentionService',
  WorkspaceValues: 'PerWorkspaceCache',
}).map(([name, now]) => [new RegExp(`\\b${name}\\b`), now]);

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));
const isProse = (file) => /^(?:docs\/|README|CONTRIBUTING|SECURITY)/.test(file) && file.endsWith('.md');
const isSource = (file) =>
  /^(?:src|web)\/.*\.tsx?$/.test(file) && !file.endsWith('.spec.ts') && file !== 'web/src/api/openapi.d.ts'; // generated

/** @returns `[file, line, message]` of each finding. */
function findWords(file, lines) {
  const found = [];
  lines.forEach((whole, index) => {
    const line = isProse(file) ? whole.replaceAll(/"[^"]*"|`[^`]*`/g, '""') : whole; // a page may quote a word
    for (const [pattern, instead] of WORDS) {
      const [word] = pattern.exec(line) ?? [];
      if (word !== undefined) found.push([file, index + 1, `"${word}": ${instead}`]);
    }
    if (HEADLESS.test(line)) found.push([file, index + 1, 'begins with a clause for a subject: "What …", "Who …"']);
    for (const [pattern, instead] of isSource(file) ? RETIRED : []) {
      const [word] = pattern.exec(line) ?? [];
      if (word !== undefined) found.push([file, index + 1, `"${word}" is called ${instead} now`]);
    }
  });
  return found;
}

const MAX_LINE_CHARS = 140;

/** Lines of prose that are too long to read side by side. Tables, code and lines without a space to break at are excepted. */
function findLongLines(file, lines) {
  let isCode = false;
  const found = [];
  lines.forEach((line, index) => {
    if (/^\s*```/.test(line)) isCode = !isCode;
    const isProseLine = !isCode && !/^\s*\|/.test(line) && /\S \S/.test(line.trim().replace(/^\S+ /, ''));
    if (isProseLine && line.length > MAX_LINE_CHARS) {
      found.push([file, index + 1, `a line of ${line.length} characters; prose has ${MAX_LINE_CHARS} at most`]);
    }
  });
  return found;
}

/** Paths of this repository that a page names, and that are not there. */
function findPaths(file, lines) {
  const found = [];
  lines.forEach((line, index) => {
    for (const [path] of line.matchAll(
      /(?<![\w/.-])(?:src|test|bench|scripts|docker|docs)\/[\w./-]*\w(?:\/(?![\w<…*{[]))?/g,
    )) {
      const after = line.slice(line.indexOf(path) + path.length);
      if (/^[…*<{[]|^\/[…*<{[]/.test(after)) continue; // a pattern of names
      const isThere = existsSync(join(root, path)) || files.some((name) => name.startsWith(path)); // or as vitest finds it
      if (!isThere) found.push([file, index + 1, `there is no ${path}`]);
    }
  });
  return found;
}

const EXPORTED =
  /^export (?:declare |abstract |async |default )*(?:class|interface|type|function\*?|const|let|enum) ([A-Za-z_$][\w$]*)/gm;

/** Names that more than one file of a program exports; the server and the dashboard are two programs. */
function findDoubles(program) {
  const places = new Map();
  for (const file of files.filter((name) => isSource(name) && name.startsWith(program))) {
    for (const [, name] of readFileSync(join(root, file), 'utf8').matchAll(EXPORTED)) {
      places.set(name, new Set([...(places.get(name) ?? []), file]));
    }
  }
  return [...places].flatMap(([name, where]) =>
    where.size > 1 ? [...where].map((file) => [file, 0, `${name} is exported by ${[...where].join(' and ')}`]) : [],
  );
}

const MAX_FILES = 20;
const maxLines = (file) => (file.startsWith('web/') ? 300 : 400);

/** Folders with more than 20 source files, and source files that are too long. */
function findCrowds() {
  const sizes = {};
  for (const file of files.filter(isSource)) sizes[dirname(file)] = (sizes[dirname(file)] ?? 0) + 1;
  const crowded = Object.entries(sizes).flatMap(([folder, length]) =>
    length > MAX_FILES ? [[folder, 0, `${length} source files in one folder; at most ${MAX_FILES}`]] : [],
  );
  const long = files.filter(isSource).flatMap((file) => {
    const lines = readFileSync(join(root, file), 'utf8').split('\n').length - 1;
    const max = maxLines(file);
    return lines > max ? [[file, lines, `has ${lines} lines; at most ${max}`]] : [];
  });
  return [...crowded, ...long];
}

const findings = [...findDoubles('src/'), ...findDoubles('web/'), ...findCrowds()];
for (const file of files.filter((name) => isProse(name) || isSource(name))) {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  findings.push(...findWords(file, lines));
  if (isProse(file)) findings.push(...findPaths(file, lines));
  if (isProse(file) && !file.startsWith('docs/adr/')) findings.push(...findLongLines(file, lines));
}

for (const [file, line, message] of findings) process.stdout.write(`${file}:${line}  ${message}\n`);
process.exitCode = findings.length > 0 ? 1 : 0;
