import { expect, test } from 'vitest';
import { roundsWithRoom } from './room.ts';

const tableOf = (columns: number, size: number, outputs: number) => ({
  binned: { columns: Array.from({ length: columns }, () => ({ size })) },
  outputs,
});
const asked = { leaves: 15, fromRegression: true };

test('corrections of a small table have room for every round that is tried', () => {
  for (const fromRegression of [true, false])
    expect(roundsWithRoom(tableOf(13, 150, 1), { ...asked, gate: 13, fromRegression })).toBeGreaterThan(1000);
});

test('with many classes and columns, there are fewer rounds, and a regression whose undoing has no room stays', () => {
  const [wide, gate] = [tableOf(100, 255, 50), 100];
  const rounds = roundsWithRoom(wide, { ...asked, gate });
  expect(rounds).toBeGreaterThan(0);
  expect(rounds * 50 * (2 * 29 + 2 * gate)).toBeLessThan(5e5);
  expect(roundsWithRoom(wide, { ...asked, gate, fromRegression: false })).toBeLessThan(0);
});
