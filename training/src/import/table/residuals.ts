import {
  countScale,
  intervalLevel,
  type Manifest,
  nearestShare,
  outcomeScale,
  type Row,
  usedColumns,
} from '@hearth/artifact';
import { keptColumns } from '../../evaluation/random-mask.ts';
import { lastInTail } from '../../pipeline/by-share.ts';
import type { ObservedRow } from '../../pipeline/evaluate-table.ts';
import { maskedShares, shares } from '../../pipeline/masks.ts';
import { beyondRounding, quantilesOf } from '../../pipeline/outcome.ts';
import type { Assembled } from '../assemble.ts';
import { type Change, spreadOf } from './spread.ts';

type Answers = (row: Row) => readonly number[];

/** Of more rows, so many are taken, evenly. */
const mostRows = 20_000;

/** An answer from the columns of a row that a mask keeps, or from all. */
interface Answered {
  y: number;
  outputs: readonly number[];
  /** Place of the nearest share of given columns in `shares`. */
  group: number;
  fold: number;
  change?: Change;
}

/** How many rows hold what was observed in their interval or set, each fifth by the quantiles of the others. */
export interface Coverage {
  rows: number;
  covered: number;
}

/** What a table adds to a model: the interval of its outcome, or its prediction sets. */
export interface Uncertainty {
  added: Pick<Manifest, 'interval' | 'predictionSet'>;
  spread?: Assembled['trees']['spread'];
  coverage: Coverage;
}

const folds = 5;
const level = `${100 * intervalLevel} %`;

/**
 * The interval of the outcome of a number or a count, or the sets of classes: split conformal prediction (Lei et al. 2018; Sadinle, Lei &
 * Wasserman 2019) by the rows of a table that the model was not trained on, with 100, 75, 50, 25 and 0 % of the cells kept, by the share
 * of given columns. Required columns are always kept.
 * @returns undefined for a probability, for too few rows, and where a ratio has values that are not above 0
 */
export function uncertaintyFrom(
  rows: readonly ObservedRow[],
  draft: Assembled['draft'],
  answers: Answers,
): Uncertainty | undefined {
  const { target } = draft;
  const step = Math.max(1, rows.length / mostRows);
  const some = Array.from({ length: Math.floor(rows.length / step) }, (_, i) => rows[Math.floor(i * step)]);
  if (target.type === 'binary' || (target.type === 'numeric' && target.quantiles)) return undefined;
  const answered = maskedAnswers(some, draft, answers);
  const from = `${some.length} rows of the table of the import`;
  return target.type === 'classes' ? setsOf(answered, from) : outcomeOf(answered, draft, from);
}

/** All rows with all of their cells, and with some left out. */
function maskedAnswers(
  rows: readonly ObservedRow[],
  { columns, features }: Assembled['draft'],
  answers: Answers,
): Answered[] {
  const used = usedColumns(features);
  const asked = columns.filter(({ name }) => used.has(name));
  const always = Uint8Array.from(asked, ({ required }) => Number(required));
  const isPartial = always.includes(0);
  const groupOf = (row: Row) =>
    nearestShare(shares, asked.filter(({ name }) => (row[name] ?? null) !== null).length, asked.length);
  return rows.flatMap(({ row, y }, i) => {
    const fold = i % folds;
    const whole = { y, outputs: answers(row), group: groupOf(row), fold };
    if (!isPartial) return [whole];
    const masked = maskedShares.map((share) => {
      const kept = keptColumns({ share, always }, i);
      const part = Object.fromEntries(
        asked.flatMap(({ name }, j) => (kept[j] ? [[name, row[name] ?? null]] : [])),
      );
      const outputs = answers(part);
      return {
        y,
        outputs,
        group: groupOf(part),
        fold,
        change: { from: whole.outputs[0], to: outputs[0], row: part },
      };
    });
    return [whole, ...masked];
  });
}

function setsOf(answered: readonly Answered[], from: string): Uncertainty | undefined {
  const leastOf = (some: readonly Answered[]) =>
    lastInTail(
      some.map(({ outputs, y }) => ({ q: outputs[y], weight: 1 })).sort((a, b) => a.q - b.q),
      1 - intervalLevel,
    );
  const thresholds = shares.flatMap((given, i) => {
    const least = leastOf(answered.filter(({ group }) => group === i));
    return least === undefined ? [] : [{ given, least }];
  });
  if (thresholds.length === 0) return undefined;
  const method = `Least ambiguous sets (Sadinle, Lei & Wasserman 2019): the ${level} of the probabilities of the true class of ${from} that are largest, by the share of given columns`;
  const coverage = testedByOthers(answered, (others) => {
    const least = leastOf(others);
    return least === undefined
      ? undefined
      : ({ outputs, y }) => outputs[y] >= least || outputs[y] === Math.max(...outputs);
  });
  return { added: { predictionSet: { level: intervalLevel, method, thresholds } }, coverage };
}

function outcomeOf(
  answered: readonly Answered[],
  draft: Assembled['draft'],
  from: string,
): Uncertainty | undefined {
  const { answer, target } = draft;
  const of = target.type === 'count' ? 'count' : answer.link === 'log' ? 'ratio' : 'difference';
  if (of === 'ratio' && answered.some(({ y }) => y <= 0)) return undefined;
  const whole = answered.filter(({ change }) => !change);
  const errorOf = ({ y, outputs: [v] }: Answered) =>
    of === 'ratio' ? Math.log(y / v) : of === 'count' ? beyondRounding(y - v) : y - v;
  const size = ({ outputs: [v] }: Answered) => (of === 'count' ? v + 0.5 : 1);
  const noise = Math.sqrt(
    sum(whole, (each) => (each.y === each.outputs[0] ? 0 : errorOf(each) ** 2)) / sum(whole, size),
  );
  const spread = spreadOf(
    answered.flatMap(({ change }) => change ?? []),
    draft,
    of === 'difference' ? (v) => v : (v) => Math.log(Math.max(v, Number.MIN_VALUE)),
    noise,
  );
  if (!spread || !(noise > 0)) return undefined;
  const residualOf = (each: Answered) => {
    const s = each.change ? spread.of(each.change.row) : spread.least;
    const scale = of === 'count' ? countScale(each.outputs[0], s, noise) : outcomeScale(s, noise);
    return { difference: errorOf(each), scale, weight: 1 };
  };
  const quantiles = shares.flatMap((given, i) => {
    const ends = quantilesOf(answered.filter(({ group }) => group === i).map(residualOf));
    return ends ? [{ given, ...ends }] : [];
  });
  if (quantiles.length === 0) return undefined;
  const method = `Quantiles of the residuals of ${from}, by the share of given columns: split conformal prediction (Lei et al. 2018)`;
  const coverage = testedByOthers(whole, (others) => {
    const ends = quantilesOf(others.map(residualOf));
    if (!ends) return undefined;
    return (each) => {
      const { difference, scale } = residualOf(each);
      return difference >= ends.low * scale && difference <= ends.high * scale;
    };
  });
  const interval = {
    level: intervalLevel,
    method: `How much answers to ${from} change where columns are left out, by the first of them in the order of that change`,
    base: 0,
    divisor: 1,
    outcome: { method, of, noise, quantiles },
  } as const;
  return { added: { interval }, spread: spread.forest, coverage };
}

/** @param learn from rows to whether another row is held; undefined for too few rows */
function testedByOthers(
  answered: readonly Answered[],
  learn: (others: readonly Answered[]) => ((each: Answered) => boolean) | undefined,
): Coverage {
  const whole = answered.filter(({ change }) => !change);
  const coverage = { rows: 0, covered: 0 };
  for (let held = 0; held < folds; held++) {
    const holds = learn(whole.filter(({ fold }) => fold !== held));
    if (!holds) continue;
    for (const each of whole) {
      if (each.fold !== held) continue;
      coverage.rows++;
      if (holds(each)) coverage.covered++;
    }
  }
  return coverage;
}

const sum = <T>(list: readonly T[], of: (each: T) => number): number =>
  list.reduce((total, each) => total + of(each), 0);
