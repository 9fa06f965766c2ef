import type { Schema } from '../../api/client';
import { describeEvent } from '../read-event';
import { testWords } from './test-words';

/** A step as the API reports it. */
export interface TestStep {
  name: string;
  ok: boolean;
  detail: string;
  ms: number;
}

/** A step as it is shown: the request and its answer are one. */
interface TestRow {
  id: keyof typeof testWords.steps;
  isOk: boolean;
  text: string;
  /** The answer, or what more is known. */
  more: string[];
  ms: number;
}

const ROW_OF: Readonly<Record<string, TestRow['id']>> = {
  link: 'link',
  click: 'click',
  redirect: 'redirect',
  request: 'postback',
  request_locally: 'postback',
  answer: 'postback',
  reading: 'verdict',
  verdict: 'verdict',
};

/** The steps in rows: Link, Click, Redirect, Postback, Verdict. Rows without a step are left out. */
export function testRows(steps: readonly TestStep[]): TestRow[] {
  const rows = new Map<TestRow['id'], TestRow>();
  for (const { name, ok, detail, ms } of steps) {
    const id = ROW_OF[name] ?? 'verdict';
    const row = rows.get(id) ?? { id, isOk: true, text: '', more: [], ms: 0 };
    // The verdict is the row's text; how the request was read stands below it.
    const isText = row.text === '' && name !== 'reading';
    rows.set(id, {
      ...row,
      isOk: row.isOk && ok,
      text: isText ? detail : row.text,
      more: isText ? row.more : [...row.more, detail],
      ms: row.ms + ms,
    });
  }
  return [...rows.values()];
}

type TestResult = Schema<'TestNetworkResponse'>;

/** The result in a sentence. */
export function resultSentence({ ok, wouldBe }: Pick<TestResult, 'ok' | 'wouldBe'>): string {
  if (!ok) return testWords.failedResult;
  return wouldBe === null ? testWords.resultUnread : testWords.result(describeEvent(wouldBe));
}
