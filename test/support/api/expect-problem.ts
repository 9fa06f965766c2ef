import type { Response } from 'supertest';
import { expect } from 'vitest';
import type { Problem, ProblemCode } from '../../../src/platform/http/problems/problem.js';

const CODES: Record<number, ProblemCode> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  422: 'invalid',
  429: 'too_many_requests',
  503: 'unavailable',
};

/** That an answer is problem+json of this status with all of its members, and gives the problem back. */
export function expectProblem(response: Response, status: number): Problem {
  expect({ status: response.status, body: response.body as Problem }).toMatchObject({
    status,
    body: {
      type: expect.any(String),
      title: expect.any(String),
      status,
      detail: expect.stringMatching(/./),
      code: CODES[status],
      requestId: response.headers['x-request-id'],
    },
  });
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  return response.body as Problem;
}

/** That an answer is a 422 which names exactly these fields. */
export function expectInvalid(response: Response, ...paths: string[]): Problem {
  const problem = expectProblem(response, 422);
  expect([...new Set(problem.errors?.map(({ path }) => path))].sort()).toEqual(paths.sort());
  for (const error of problem.errors ?? []) {
    const { choices = [], ...rest } = error;
    for (const choice of choices) expect(choice).toEqual({ value: expect.any(String), example: expect.any(String) });
    expect(rest).toEqual({
      path: expect.any(String),
      code: expect.stringMatching(/^[a-z_0-9]+$/),
      message: expect.stringMatching(/./),
    });
  }
  return problem;
}
