import {
  type Column,
  isNumeric,
  kindOf,
  type Manifest,
  type Model,
  missingValuesOf,
  type NumericColumn,
  outputsOf,
  type Row,
  targetKind,
} from '@hearth/artifact';
import { createRandom, type Random } from '../random.ts';
import { limits } from './limits.ts';

const rows = 2000;
const sweeps = 100;
const steps = 20;
/** How often the time is measured at most. */
const timings = 5;
/** Sums in another order are rounded differently. */
const tolerance = 1e-9;

/** Broken invariants, one line each. Predictions are tested on random rows with missing columns. */
export function brokenInvariants(model: Model): string[] {
  const random = createRandom(99);
  const sampled = Array.from({ length: rows }, () => randomRow(model.manifest.columns, random));
  return [
    ...brokenAnswers(model, sampled),
    ...crossingQuantiles(model, sampled),
    ...brokenDirections(model, sampled),
    ...slowAnswers(model, sampled),
    ...emptyLabels(model.manifest),
  ];
}

function randomRow(columns: readonly Column[], random: Random): Row {
  return Object.fromEntries(
    columns.map((column) => [
      column.name,
      random.uniform() < 0.3 && !column.required ? null : kindOf(column).valueAt(column, random.uniform()),
    ]),
  );
}

/** Values from the minimum to the maximum, without those that mean "missing". */
function sweepOf(column: NumericColumn): number[] {
  const missing = missingValuesOf(column);
  return Array.from({ length: steps + 1 }, (_, i) =>
    Number(kindOf(column).valueAt(column, i / steps)),
  ).filter((value) => !missing?.has(value));
}

/** A larger share of outcomes cannot be below a smaller number. */
function crossingQuantiles({ manifest: { target }, predict }: Model, sampled: readonly Row[]): string[] {
  if (target.type === 'classes' || outputsOf(target) === 1) return [];
  const wrong = sampled.filter((row) => {
    const { outputs = [] } = predict(row);
    return outputs.some((value, k) => value < outputs[k - 1]);
  });
  return wrong.length === 0
    ? []
    : [`the quantiles cross in ${wrong.length} of ${sampled.length} random rows`];
}

function brokenAnswers({ manifest, predict }: Model, sampled: readonly Row[]): string[] {
  const { minimum, maximum } = targetKind(manifest.target);
  const wrong = sampled.filter((row) => {
    const { answer, outputs = [answer], interval, mean } = predict(row);
    const around = [interval, mean].filter((each) => each !== undefined);
    const numbers = [...outputs, ...around.flatMap(({ low, high }) => [low, high])];
    if (!numbers.every(Number.isFinite)) return true;
    if (!numbers.every((number) => number >= minimum && number <= maximum)) return true;
    return around.some(({ low, high }) => !(low <= answer && answer <= high));
  });
  if (wrong.length === 0) return [];
  const expected = Number.isFinite(maximum)
    ? `a probability from ${minimum} to ${maximum}`
    : 'a finite value';
  return [`${wrong.length} of ${sampled.length} random rows do not get ${expected} within its interval`];
}

function brokenDirections({ manifest, predict }: Model, sampled: readonly Row[]): string[] {
  return manifest.columns.filter(isNumeric).flatMap((column) => {
    const { name, monotone } = column;
    if (!monotone) return [];
    const sign = monotone === 'increasing' ? 1 : -1;
    const sweep = sweepOf(column);
    const broken = sampled.slice(0, sweeps).some((row) => {
      const answers = sweep.map((value) => predict({ ...row, [name]: value }).answer);
      return answers.slice(1).some((answer, i) => sign * (answer - answers[i]) < -tolerance);
    });
    return broken ? [`the answer is not ${monotone} in "${name}", but the data package declares it`] : [];
  });
}

function slowAnswers({ manifest: { target }, predict }: Model, sampled: readonly Row[]): string[] {
  const outputs = outputsOf(target);
  const most = limits.microsecondsPerRow + (outputs > 1 ? outputs * limits.microsecondsPerClass : 0);
  const work = () => {
    for (const row of sampled) predict(row);
  };
  const each = leastMicroseconds(work, most * sampled.length) / sampled.length;
  return each <= most ? [] : [`a prediction takes ${each.toFixed(0)} µs; at most ${most} µs are accepted`];
}

/**
 * Processor time of this thread for some work: the least of several repeats, because other processes on the machine can only make it
 * longer. It stops as soon as one repeat is short enough.
 */
function leastMicroseconds(work: () => void, enough: number): number {
  let least = Infinity;
  for (let repeat = 0; repeat < timings && least > enough; repeat++) {
    const before = threadTime();
    work();
    least = Math.min(least, threadTime() - before);
  }
  return least;
}

/** Without the threads that compile code and collect garbage; Node before 23.9 cannot tell them apart. */
function threadTime(): number {
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)();
  return user + system;
}

function emptyLabels({ columns }: Manifest): string[] {
  const empty = columns.filter(({ label }) => Object.values(label ?? {}).some((text) => text.trim() === ''));
  return empty.map(({ name }) => `the column "${name}" has an empty label`);
}
