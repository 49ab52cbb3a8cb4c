import { expect, test } from 'vitest';
import type { Measured } from './load.ts';
import { type Round, tableLines } from './table.ts';

const turn = (rate: number, cpu: number): Measured => ({ rate, cpu, p99: 1, good: rate, refused: 0 });

/** A round in which the machine is faster or slower by this factor. */
const round = (share: number, hearth = 100): Round => ({
  hearth: turn(hearth * share, 10 / share),
  fastify: turn(125 * share, 8 / share),
  node: turn(200 * share, 5 / share),
});

const cellsOf = (line: string) => line.split('|').map((cell) => cell.trim());

test('servers are compared within a round, even if the machine slows down between rounds', () => {
  const lines = tableLines('load', 1, [round(1), round(0.5), round(0.1), round(0.9), round(0.3)]);
  expect(lines.map((line) => cellsOf(line).slice(-3, -1))).toEqual([
    ['1.00', '1.00'],
    ['0.80', '0.80'],
    ['0.50', '0.50'],
  ]);
});

test('one bad round does not change the result', () => {
  const [, fastify] = tableLines('load', 1, [round(1), round(1, 5), round(1)]);
  expect(cellsOf(fastify).at(-3)).toBe('0.80');
});

test('each row of a batch counts', () => {
  const [hearth] = tableLines('load', 1000, [round(1)]);
  expect(cellsOf(hearth).slice(2, 5)).toEqual(['hearth', '100,000', '0']);
});
