import { describe, expect, test } from 'vitest';
import { ServiceError } from './service-error.ts';

describe('an error of the service', () => {
  test('is temporary if the service fails or limits the rate, and not if it refuses', () => {
    const temporary = [500, 503, 429, 400, 422].map(
      (status) => ServiceError.fromProblem(status, {}).isTemporary,
    );
    expect(temporary).toEqual([true, true, true, false, false]);
  });

  test('lists each fault', () => {
    const errors = [{ pointer: '/age', detail: 'is too large' }];
    expect(ServiceError.fromProblem(422, { detail: 'The row is not valid.', errors }).details).toEqual([
      '/age is too large',
    ]);
  });

  test('has at least the status', () => {
    expect(ServiceError.fromProblem(502, null).details).toEqual(['HTTP 502']);
  });
});
