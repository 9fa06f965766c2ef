import { expect, it } from 'vitest';
import { parameterKindOf } from './parameter-kind';

it('is known for each use that the API knows', () => {
  expect(parameterKindOf('unfilledMacro')).toBe('unfilled');
  expect(parameterKindOf('unmappedClickId')).toBe('unmapped');
  expect(parameterKindOf('secret')).toBe('ignored');
  expect(parameterKindOf('time')).toBe('sub');
  expect(parameterKindOf('player')).toBe('sub');
});
