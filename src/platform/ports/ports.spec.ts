import { describe, expect, it } from 'vitest';
import { StartupError } from '../startup/startup-error.js';
import { declarePort, declarePortList } from './port.js';
import { Ports } from './ports.service.js';

interface Answers {
  answer(question: string): string;
}

const ANSWERS = declarePort<Answers>('answers');
const STEPS = declarePortList<() => number>('steps');
const CALLS = [
  { port: ANSWERS, provider: 'AnswerService' },
  { port: STEPS, providers: ['first', 'second'] },
];

function problemsOf(ports: Ports): readonly string[] {
  try {
    ports.check(CALLS);
    return [];
  } catch (error) {
    if (error instanceof StartupError) return error.problems;
    throw error;
  }
}

describe('ports', () => {
  it('give what was provided, and a list in its order', () => {
    const ports = new Ports();
    ports.provide(ANSWERS, { answer: (question) => `${question}!` });
    ports.add(STEPS, 'first', () => 1);
    ports.add(STEPS, 'second', () => 2);
    expect(ports.get(ANSWERS).answer('why')).toBe('why!');
    expect(ports.list(STEPS).map((step) => step())).toEqual([1, 2]);
    expect(problemsOf(ports)).toEqual([]);
  });

  it('throw where nothing was provided', () => {
    const ports = new Ports();
    expect(() => ports.get(ANSWERS)).toThrow('the port "answers" has no provider');
    expect(() => ports.list(STEPS)).toThrow('the port "steps" has no providers');
  });

  it('do not let a provider replace another one', () => {
    const ports = new Ports();
    ports.provide(ANSWERS, { answer: () => '' });
    ports.add(STEPS, 'first', () => 1);
    expect(() => ports.provide(ANSWERS, { answer: () => '' })).toThrow('has its provider already');
    expect(() => ports.add(STEPS, 'first', () => 1)).toThrow('has its provider already');
  });

  it('keep the application from starting, and name all that is missing', () => {
    const ports = new Ports();
    ports.add(STEPS, 'second', () => 2);
    expect(problemsOf(ports)).toEqual([
      'the port "answers" lacks its provider AnswerService',
      'the port "steps" lacks its provider "first"',
    ]);
  });

  it('keep the application from starting when more is provided than is listed', () => {
    const ports = new Ports();
    ports.provide(ANSWERS, { answer: () => '' });
    for (const name of ['first', 'second', 'third']) ports.add(STEPS, name, () => 0);
    ports.provide(declarePort<Answers>('secret'), { answer: () => '' });
    expect(problemsOf(ports)).toEqual([
      'the port "steps" has the provider "third", which is not listed',
      'the port "secret" has a provider and is not listed',
    ]);
  });

  it('are those of one application: two in a process do not share them', () => {
    const ports = new Ports();
    ports.provide(ANSWERS, { answer: () => '' });
    expect(() => new Ports().get(ANSWERS)).toThrow('has no provider');
  });
});
