import { median } from '../trees/measure.ts';
import type { Measured } from './load.ts';
import { type ServerName, serverNames } from './servers.ts';

/** The result of each server in one round. */
export type Round = Record<ServerName, Measured>;

export const tableHead = [
  '| load | server | rows/s | µs of processor/row | p99, ms | refused | of the rate | of the processor |',
  '|---|---|---:|---:|---:|---:|---:|---:|',
];

const middle = (rounds: Round[], of: (round: Round) => number): number => median(rounds.map(of));

const number = (value: number, digits: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: digits });

/** A line for each server. Its comparison with Hearth is the median of the comparisons within each round. */
export const tableLines = (scenario: string, rows: number, rounds: Round[]): string[] =>
  serverNames.map((name) => {
    const cells = [
      scenario,
      name,
      number(middle(rounds, (round) => round[name].rate) * rows, 0),
      number(middle(rounds, (round) => round[name].cpu) / rows, 1),
      number(
        middle(rounds, (round) => round[name].p99),
        1,
      ),
      String(middle(rounds, (round) => round[name].refused)),
      middle(rounds, (round) => round.hearth.rate / round[name].rate).toFixed(2),
      middle(rounds, (round) => round[name].cpu / round.hearth.cpu).toFixed(2),
    ];
    return `| ${cells.join(' | ')} |`;
  });
