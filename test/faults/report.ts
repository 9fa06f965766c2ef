import type { Outcome } from './fault-run.js';
import type { Latencies } from './latencies.js';

/** The figures of a run, as text. */
export function report({ options, versions, app, faults, ledger, verdict, loadSeconds, drained }: Outcome): string {
  const { recounted } = verdict;
  const faultRows = [...faults.tally].map(([name, count]) => row(name, count));
  const starts = [...app.startSeconds].sort((a, b) => a - b);
  return [
    `${options.edition} edition, seed ${options.seed}; Node ${process.versions.node}, ${versions}`,
    `${options.connections} connections, ${options.links} links; requests a second: ${rate(options.steadyRate)}, while a store is out ${rate(options.outageRate)}`,
    '',
    row('clicks answered', ledger.answered, `of ${number(ledger.sent)} requests, in ${loadSeconds.toFixed(1)} s`),
    ...faultRows,
    row(
      'stored',
      verdict.stored,
      drained.problem ??
        `drained ${drained.seconds.toFixed(1)} s after the last click, longest standstill ${drained.standstillSeconds.toFixed(1)} s`,
    ),
    row('lost', verdict.lost),
    row('doubled', verdict.doubled),
    row('stored, answer lost on the wire', verdict.unanswered, `of ${number(ledger.cut)} requests cut off`),
    row('on the wrong link', verdict.misplaced),
    row('bots counted as people', verdict.botsAsPeople),
    row('not readable over the API', verdict.unreadable, 'of a sample of 100'),
    row('links with wrong counters', verdict.counterErrors.length),
    row('links with wrong visitors', verdict.visitorErrors.length),
    row('recount: total', recounted.total),
    row('recount: people', recounted.human),
    row('recount: bots', recounted.bots),
    row('recount: visitors', recounted.unique),
    row('connections refused', ledger.refused, 'while the app was down'),
    row('put off with 503', ledger.putOff.summary().count, 'links new to the process while MongoDB was out'),
    row('starts refused', app.refusedStarts.length, app.refusedStarts[0] ?? ''),
    row('starts', starts.length, `seconds: median ${middle(starts)}, max ${starts.at(-1)?.toFixed(1)}`),
    row('wrong answers', ledger.failureLines.length, 'kinds'),
    ...[...ledger.failureLines, ...verdict.lostExamples, ...verdict.counterErrors.slice(0, 5)].map(
      (line) => `  ${line}`,
    ),
    '',
    `${'milliseconds'.padEnd(34)}${['answers', 'p50', 'p99', 'max'].map((head) => head.padStart(10)).join('')}`,
    latencyRow('known links, all', ledger.known),
    ...ledger.known.labels.map((label) => latencyRow(`  ${label}`, ledger.known, label)),
    latencyRow('links new to the process', ledger.firstSight),
    latencyRow('put off with 503', ledger.putOff),
  ].join('\n');
}

function row(name: string, count: number, remark = ''): string {
  return `${name.padEnd(34)}${number(count).padStart(10)}  ${remark}`.trimEnd();
}

function latencyRow(name: string, latencies: Latencies, label?: string): string {
  const { count, p50, p99, max } = latencies.summary(label);
  return `${name.padEnd(34)}${[number(count), ...[p50, p99, max].map((ms) => ms.toFixed(1))].map((text) => text.padStart(10)).join('')}`;
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}

function rate(perSecond: number): string {
  return perSecond === 0 ? 'as fast as the answers come' : number(perSecond);
}

function middle(sorted: readonly number[]): string {
  return (sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(1);
}
