import { expect, test } from 'vitest';
import { isTagOf } from './host.ts';

test('a rehearsal removes its own images, and not those of another whose name begins alike', () => {
  const own = (image: string) => isTagOf('hearth-rehearsal-12', image);
  expect(['', '-next', '-previous'].map((end) => own(`hearth-api:hearth-rehearsal-12${end}`))).toEqual([
    true,
    true,
    true,
  ]);
  expect(own('hearth-api:hearth-rehearsal-123')).toBe(false);
  expect(own('hearth-api:latest')).toBe(false);
  expect(own('127.0.0.1:5000/hearth-rehearsal-12:latest')).toBe(false);
});
