import { expect, it } from 'vitest';
import type { PostbackParameter } from '../postback-types';
import { glossed } from './parameter-kinds';

const parameter = (name: string, kind: PostbackParameter['kind'], source: PostbackParameter['source']) =>
  ({ name, value: 'x', state: 'taken', as: null, source, kind, meaning: 'm' }) as const;

it('tells the parameters of the body from those of the query; lost ones stand in the query', () => {
  const { query, body } = glossed([
    parameter('a', 'event', 'body'),
    parameter('b', 'money', 'query'),
    parameter('c', 'sub', null),
  ]);
  expect(body.map(({ name }) => name)).toEqual(['a']);
  expect(query).toEqual([
    { name: 'b', value: 'x', kind: 'money', meaning: 'm' },
    { name: 'c', value: 'x', kind: 'sub', meaning: 'm' },
  ]);
});
