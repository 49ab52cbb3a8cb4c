import { describe, expect, test } from 'vitest';
import { Trouble } from './trouble.ts';

describe('trouble with the service', () => {
  test('passes when the service fails or asks to slow down, and not when it refuses', () => {
    const passes = [500, 503, 429, 400, 422].map((status) => Trouble.fromProblem(status, {}).passes);
    expect(passes).toEqual([true, true, true, false, false]);
  });

  test('names each fault', () => {
    const errors = [{ pointer: '/age', detail: 'is too large' }];
    expect(Trouble.fromProblem(422, { detail: 'The row is not valid.', errors }).details).toEqual([
      '/age is too large',
    ]);
  });

  test('says at least the status', () => {
    expect(Trouble.fromProblem(502, null).details).toEqual(['HTTP 502']);
  });
});
