import { holm, midranks } from '@hearth/training';
import { type Failed, hearth, type Ran } from './engines.ts';
import type { Spec } from './prepare.ts';
import { mean, type Scores } from './scores.ts';
import { correctedResampledTest, pairedTest } from './statistics.ts';

/** What an engine did on a table: its scores for each share of missing cells. */
export interface EngineResult {
  name: string;
  ran: Ran | Failed;
  scores: Scores[];
}

export interface TableResult {
  spec: Spec;
  /** The loss of the base rate; [folds]. */
  base: number[];
  engines: EngineResult[];
}

/** Hearth beside the best peer of a table. */
export interface Comparison {
  result: TableResult;
  ours: number;
  best: { name: string; loss: number };
  /** How much more Hearth loses, as a share of the loss of the base rate. */
  excess: number;
  p: number;
  /** Significant for all tables together. */
  isSignificant: boolean;
}

/** More than this share of the base rate's loss counts. */
export const margin = 0.01;
/** Of significance, for all tables together. */
const level = 0.05;

export const lossOf = ({ scores }: EngineResult, share: number): number => mean(scores[share].loss);
const isAtDefaults = ({ name }: { name: string }) => !name.endsWith('-tuned');
const hasRun = ({ scores }: EngineResult) => scores.length > 0;

/** Hearth beside the best peer at its defaults, for a share of missing cells, on the tables that have it. */
export function compareAt(results: readonly TableResult[], share: number): Comparison[] {
  const compared = results.flatMap((result) => {
    const place = result.spec.shares.indexOf(share);
    const engines = result.engines.filter((each) => hasRun(each) && isAtDefaults(each));
    const own = engines.find(({ name }) => name === hearth);
    const peers = engines.filter((each) => each !== own);
    if (place < 0 || !own || peers.length === 0) return [];
    const best = peers.reduce((a, b) => (lossOf(b, place) < lossOf(a, place) ? b : a));
    const ours = lossOf(own, place);
    const loss = lossOf(best, place);
    return [
      {
        result,
        ours,
        best: { name: best.name, loss },
        excess: (ours - loss) / mean(result.base),
        p: testOf(result.spec, own.scores[place], best.scores[place]),
      },
    ];
  });
  const p = compared.map((each) => each.p);
  const significant = new Set(holm(p, level));
  return compared.map((each, i) => ({ ...each, isSignificant: significant.has(i) }));
}

export const isWorse = ({ excess, isSignificant }: Comparison): boolean => excess > margin && isSignificant;

function testOf({ heldOut, fold }: Spec, a: Scores, b: Scores): number {
  if (heldOut.length === 1) return pairedTest(a.rowLoss.map((loss, i) => loss - b.rowLoss[i]));
  const tested = fold.length / heldOut.length;
  return correctedResampledTest(
    a.loss.map((loss, i) => loss - b.loss[i]),
    tested / (fold.length - tested),
  );
}

/** The mean rank of each engine over the tables on which all of them ran, the least first; engines of small tables only are not ranked. */
export function meanRanks(
  results: readonly TableResult[],
  share: number,
): { name: string; rank: number; first: number }[] {
  const own = results.filter(({ spec }) => spec.shares.includes(share));
  const names = [...new Set(own.flatMap(({ engines }) => engines.map(({ name }) => name)))].filter(
    (name) =>
      isAtDefaults({ name }) && own.every(({ engines }) => engines.some((each) => each.name === name)),
  );
  const perTable = own.map(({ spec, engines }) => {
    const losses = names.map((name) => {
      const engine = engines.find((each) => each.name === name);
      // an engine that failed is last
      return engine && hasRun(engine) ? lossOf(engine, spec.shares.indexOf(share)) : Infinity;
    });
    return midranks([...losses.keys()], losses);
  });
  return names
    .map((name, i) => ({
      name,
      rank: mean(perTable.map((each) => each[i])),
      first: perTable.filter((each) => each[i] === Math.min(...each)).length,
    }))
    .sort((a, b) => a.rank - b.rank);
}
