// Measures reports: making the copy, questions to it, how far it is behind the clicks, and redirects beside it. Nothing is pinned.
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Hopback } from '../hopback/hopback.mjs';
import { createTraffic } from '../load/traffic.mjs';
import { timeFromClickToReport } from '../reports/click-delay.mjs';
import { makeData } from '../reports/make-data.mjs';
import { DAYS, overviewUntil, questionsUntil } from '../reports/questions.mjs';
import { Reader } from '../reports/reader.mjs';
import { redirectsBesideListeners, redirectsBesideReports } from '../reports/redirects.mjs';
import { processorSeconds } from '../support/processes.mjs';
import { count, megabytes, progress, secondsSince } from '../support/report.mjs';
import { median, quantile } from '../support/statistics.mjs';

const DAY_MS = 86_400_000;
const SETS = [1_000, 10_000];
const CONVERSION_SHARE = 0.03;
const NETWORKS = 5;
const OTHER_HOSTS = 4;
const CAMPAIGNS = 40;
const TAGS = 25;
const TURNS = 20;
const OVERVIEW_GOAL_MS = 400;
const OVERVIEW_DAYS = [30, 90];
const GOAL_ROWS = 40_000;
const GOAL_BYTES = 1e9;
const WARM_UP_TURN = TURNS;

/** @param {import('./bench.mjs').Bench} bench */
export async function reports(bench) {
  const { clicks, links } = bench.options;
  const sets = links.reports === undefined ? SETS : [links.reports];
  bench.figures.reports = [];
  for (const [i, number] of sets.entries()) {
    const run = new ReportsRun(bench, { clicks: clicks.reports, links: number });
    bench.figures.reports.push(await run.measure({ isFirst: i === 0 }));
  }
}

/** The measurements with one set of data. */
class ReportsRun {
  constructor(bench, { clicks, links }) {
    this.bench = bench;
    this.clicks = clicks;
    this.conversions = Math.round(clicks * CONVERSION_SHARE);
    this.links = links;
    this.title = `${count(clicks)} clicks, ${count(links)} links`;
    this.to = Math.floor(Date.now() / 3_600_000) * 3_600_000;
    this.from = this.to - DAYS * DAY_MS;
  }

  async measure({ isFirst }) {
    const { bench } = this;
    this.hopback = await Hopback.start();
    this.reader = new Reader(this.hopback);
    await this.#makeData();
    const rebuild = await this.#rebuild();
    const questions = [];
    for (const question of questionsUntil(this.to)) questions.push(await this.#timeQuestion(question));
    const overviews = [];
    for (const days of OVERVIEW_DAYS) overviews.push(await this.#timeOverview(days));
    const groups = [
      await this.#compareWithMongo(questions, 'by country', ['country']),
      await this.#compareWithMongo(questions, 'by link × country', ['linkId', 'country']),
    ];
    // Half of the links have the host of the load.
    const traffic = createTraffic(bench.folder, this.links / 2);
    const live = isFirst ? await this.#measureLive(traffic) : {};
    const memory = this.#reportMemory();
    await this.hopback.stop();
    return { clicks: this.clicks, links: this.links, rebuild, questions, overviews, groups, ...live, memory };
  }

  async #makeData() {
    const { hopback, bench } = this;
    const begin = performance.now();
    const plan = {
      clicks: this.clicks,
      conversions: this.conversions,
      from: this.from,
      to: this.to,
      ...(await this.#makeLinks()),
    };
    progress(`reports, ${this.title}: making data`);
    const mongod = hopback.mongodProgram();
    await hopback.end();
    await makeData({ mongod, dataDir: hopback.dataDir, folder: bench.folder, plan });
    this.documents = plan.clicks + plan.conversions + this.links;
    progress(`reports, ${this.title}: data made in ${secondsSince(begin)} s; load average ${loadavg()[0].toFixed(1)}`);
  }

  async #makeLinks() {
    const { hopback, bench } = this;
    const { slugs } = createTraffic(bench.folder, this.links);
    const networks = [];
    for (let i = 0; i < NETWORKS; i++) {
      networks.push(await hopback.api('POST', '/networks', { name: `Network ${i}`, currency: 'USD' }));
    }
    await hopback.createLinks(slugs.slice(0, 1));
    await hopback.database.copyLink({ slug: slugs[0] }, slugs.slice(1));
    await hopback.database.changeLinks((i) => ({
      ...(i >= this.links / 2 && { hostname: `go${i % OTHER_HOSTS}.brand.example` }),
      campaign: `Campaign ${i % CAMPAIGNS}`,
      tags: [`tag-${i % TAGS}`, ...(i % 2 === 0 ? [`tag-${(i * 7 + 1) % TAGS}`] : [])],
      networkId: networks[i % NETWORKS].id,
    }));
    await hopback.database.ageLinks();
    const links = await hopback.database.listLinks();
    return {
      workspaceId: links[0].workspaceId,
      links: links.map(({ _id, number, networkId }) => ({ id: _id, number, networkId })),
    };
  }

  async #rebuild() {
    const { bench, documents, reader } = this;
    const seconds = await reader.rebuild();
    this.hopback.ledger.enter({ answered: this.clicks, maybeMore: 0 });
    const rate = documents / seconds;
    const bytes = reader.fileBytes();
    const peak = reader.peakMemory();
    const { reader: processor } = this.#processorTime();
    progress(
      `reports: rebuilt in ${seconds.toFixed(0)} s, ${count(rate)} rows/s, ${megabytes(bytes)}, RSS ${megabytes(peak)}, processor ${processor.toFixed(0)} s`,
    );
    bench.rows.push({
      what: `reports, ${this.title}: the copy is made again`,
      figure: `${count(rate)} rows/s, ${megabytes(bytes)}`,
      beside: `the goal, ${count(GOAL_ROWS)} rows/s`,
      ratio: rate / GOAL_ROWS,
    });
    await this.#checkTotals();
    return { seconds, rate, bytes, peak, processor };
  }

  async #checkTotals() {
    const [from, to] = [this.from, this.to].map((ms) => new Date(ms).toISOString());
    const { totals } = await this.report({ from, to, metrics: 'clicks,conversions' });
    const { clicks, conversions } = totals;
    if (clicks === this.clicks && conversions === this.conversions) return;
    this.bench.problems.push(
      `reports, ${this.title}: there are ${count(this.clicks)} clicks and ${count(this.conversions)} conversions, ` +
        `but a report counts ${count(clicks)} and ${count(conversions)}`,
    );
  }

  /** @param {import('../reports/questions.mjs').Question} question */
  async #timeQuestion({ name, goal, parametersOf }) {
    await this.#ask(parametersOf(WARM_UP_TURN));
    const times = [];
    const before = this.#processorTime();
    for (let turn = 0; turn < TURNS; turn++) times.push(await this.#ask(parametersOf(turn)));
    const processor = each(before, this.#processorTime());
    const again = await this.#ask(parametersOf(TURNS - 1));
    const p95 = quantile(times, 0.95);
    const figure = `${tellTimes(times, processor)}; again ${tell(again)}`;
    progress(`reports: ${name}: ${figure}`);
    this.bench.rows.push({
      what: `reports, ${count(this.links)} links: ${name}`,
      figure,
      beside: `the goal, ${tell(goal)}`,
      ratio: p95 / goal,
    });
    return { name, goal, times, again, processor };
  }

  async #timeOverview(days) {
    await this.#timeAtOnce(overviewUntil(this.to, days, WARM_UP_TURN));
    const times = [];
    const before = this.#processorTime();
    for (let turn = 0; turn < TURNS; turn++) times.push(await this.#timeAtOnce(overviewUntil(this.to, days, turn)));
    const processor = each(before, this.#processorTime());
    const p95 = quantile(times, 0.95);
    const figure = tellTimes(times, processor);
    progress(`reports: eight widgets, ${days} days: ${figure}`);
    this.bench.rows.push({
      what: `reports, ${count(this.links)} links: eight widgets at once, ${days} days`,
      figure,
      beside: `the goal, ${tell(OVERVIEW_GOAL_MS)}`,
      ratio: p95 / OVERVIEW_GOAL_MS,
    });
    return { days, times, processor };
  }

  /** @returns {Promise<number>} milliseconds until the last answer */
  async #timeAtOnce(list) {
    return Math.max(...(await Promise.all(list.map((parameters) => this.#ask(parameters)))));
  }

  async #compareWithMongo(questions, name, fields) {
    const ours = median(questions.find((question) => question.name === name).times);
    const begin = performance.now();
    await this.hopback.database.countClicksBy(fields, this);
    const mongo = performance.now() - begin;
    this.bench.rows.push({
      what: `reports, ${count(this.links)} links: ${name}, p50`,
      figure: tell(ours),
      beside: `MongoDB's $group (clicks only), ${tell(mongo)}`,
      ratio: ours / mongo,
    });
    progress(`reports: MongoDB's $group ${name}: ${tell(mongo)}`);
    return { name, ours, mongo };
  }

  /** With clicks that come in meanwhile. */
  async #measureLive(traffic) {
    const behind = await timeFromClickToReport(this, traffic);
    const rounds = await redirectsBesideReports(this, traffic);
    const liveRounds = await redirectsBesideListeners(this, traffic);
    return { behind, rounds, liveRounds };
  }

  #reportMemory() {
    const peak = this.reader.peakMemory();
    this.bench.rows.push({
      what: `reports, ${this.title}: most memory (RSS) of the reader`,
      figure: megabytes(peak),
      beside: `the goal, ${megabytes(GOAL_BYTES)}`,
      ratio: peak / GOAL_BYTES,
    });
    return peak;
  }

  /** @returns {Promise<number>} milliseconds from the request until the answer is read */
  async #ask(parameters) {
    const begin = performance.now();
    const { complete } = await this.report(parameters);
    if (!complete) throw new Error('the copy for reports is not complete any more');
    return performance.now() - begin;
  }

  /** Seconds that the processes of reports have used so far. */
  #processorTime() {
    const { hopback } = this;
    return { reader: processorSeconds(hopback.readerPid()), main: processorSeconds(hopback.program.pid) };
  }

  report(parameters) {
    return this.hopback.api('GET', `/reports?${new URLSearchParams(parameters)}`);
  }

  /** Waits until all clicks that were answered are in MongoDB and in the copy. */
  async settle() {
    const { database, ledger } = this.hopback;
    while ((await database.approximateClicks()) < ledger.answered) await sleep(200);
    await this.reader.catchUp();
  }
}

/** Milliseconds a question. */
function each(before, after) {
  return Object.fromEntries(Object.keys(before).map((name) => [name, ((after[name] - before[name]) * 1_000) / TURNS]));
}

/** The processor time says more than the time where other programs use the machine. */
function tellTimes(times, { reader, main }) {
  const quantiles = `p50 ${tell(median(times))}, p95 ${tell(quantile(times, 0.95))}`;
  return `${quantiles}; processor ${tell(reader)} reader, ${tell(main)} main`;
}

function tell(ms) {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${count(ms)} ms`;
}
