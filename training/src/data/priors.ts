import { didYouMean } from '@hearth/artifact';
import { inputError } from '../errors.ts';
import type { DataPackage } from './package.ts';
import type { TargetValues } from './targets.ts';

/** How far from 1 the shares may add up: people round them. */
const rounding = 0.005;

/**
 * The shares of several classes in the population, in the order of the classes; undefined without any, and of two classes, whose prior is
 * one number. Those that add up to almost 1 are divided by their sum.
 * @throws InputError for a prior that the target cannot have, and for classes that are missing or unknown
 */
export function priorsOf(
  { csv, sampling, target: { name } }: DataPackage,
  { kind, classes = [] }: Pick<TargetValues, 'kind' | 'classes'>,
): number[] | undefined {
  const prior = sampling?.prior;
  if (prior === undefined) return undefined;
  const fail = (why: string) => inputError('BAD_SAMPLING', csv, why);
  if (kind === 'binary') {
    if (typeof prior === 'number') return undefined;
    throw fail('the target has two values: a prior is the share of the predicted one alone, such as 0.02');
  }
  if (kind !== 'classes')
    throw fail(`a prior is a share of a class, but "${name}" is a number; leave it out`);
  const values = classes.map(({ value }) => value);
  if (typeof prior === 'number')
    throw fail(
      `"${name}" has ${values.length} classes: name the share of each, such as --prior ${example(values)}`,
    );
  const unknown = Object.keys(prior).find((value) => !values.includes(value));
  if (unknown !== undefined)
    throw fail(`the prior names "${unknown}", which is no class of "${name}"${didYouMean(unknown, values)}`);
  const missing = values.find((value) => !Object.hasOwn(prior, value));
  if (missing !== undefined)
    throw fail(`the prior does not name the class "${missing}" of "${name}"; name the share of each`);
  const shares = values.map((value) => prior[value]);
  const sum = shares.reduce((a, b) => a + b);
  if (Math.abs(sum - 1) > rounding)
    throw fail(`the shares of the prior add up to ${Number(sum.toPrecision(4))}, not to 1`);
  return shares.map((share) => share / sum);
}

/** Shares of the first classes; of three, they add up to 1. */
const example = (values: readonly string[]): string => {
  const shown = [0.5, 0.3, 0.2].map((share, k) => `${values[k]}=${values.length > 3 ? 0.2 : share}`);
  return `${shown.join(',')}${values.length > 3 ? ',…' : ''}`;
};
