// Part of npm test: names the tests that failed at first and passed at their second try, with the error of the first (docs/adr/0037).

/** A reporter of Vitest, which loads it by its default export. */
export default class SecondTries {
  onTestRunEnd(modules) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const late = tests.filter((test) => test.diagnostic()?.flaky);
    if (late.length === 0) return;
    process.stdout.write(`\nPassed at the second try only, ${late.length}:\n`);
    for (const test of late) {
      process.stdout.write(`  ${test.module.relativeModuleId} > ${test.fullName}\n`);
      for (const { message } of test.result().errors ?? []) process.stdout.write(`    ${message.slice(0, 500)}\n`);
    }
  }
}
