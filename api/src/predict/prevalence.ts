import { didYouMean, type Model, outputNames } from '@hearth/artifact';
import { type AtPrevalence, atPrevalence, type Shares, sharesOf } from '@hearth/artifact/prevalence';
import { Problem } from '../server/problem.ts';

/** Answers among people of whom other shares have the outcome, and how an answer says so. */
export interface Prevalence extends AtPrevalence {
  /** The share of the outcome, or of each class. */
  value: number | Readonly<Record<string, number>>;
  /** The same as JSON. */
  json: string;
  /** As a cell of a table. */
  cell: string;
}

/** How far from 1 the shares of the classes may add up: people round them. */
const rounding = 0.005;

const refusal = (why: string): Problem => new Problem('BAD_REQUEST', `the parameter prevalence ${why}`);

/**
 * Reads `?prevalence=0.05`, or of several classes `?prevalence=low:0.2,middle:0.5,high:0.3` or the same as an object of JSON.
 * @throws Problem BAD_REQUEST
 */
export function prevalenceOf(text: unknown, model: Model): Prevalence {
  const { target } = model.manifest;
  const own = sharesOf(model.manifest);
  if (typeof own === 'string') throw refusal(`cannot be used: ${own}`);
  if (own.some((share) => share <= 0 || share >= 1))
    throw refusal('cannot be used: in the training of this version a class was never or always observed');
  if (typeof text !== 'string') throw refusal('is there more than once');
  if (target.type === 'binary') {
    const share = shareOf(text);
    if (share === undefined || share >= 1 || share <= 0)
      throw refusal('takes a share between 0 and 1, such as 0.05');
    const cell = String(share);
    return { ...atPrevalence(model, own, [share]), value: share, json: cell, cell };
  }
  const names = outputNames(target)?.names ?? [];
  const shares = classShares(text, names);
  const value = Object.fromEntries(names.map((name, k) => [name, shares[k]]));
  const json = JSON.stringify(value);
  return { ...atPrevalence(model, own, shares), value, json, cell: cellOf(names, shares) };
}

/** A plain decimal number; undefined for any other text. */
const shareOf = (text: string): number | undefined =>
  /^(\d{1,20}|\d{0,20}\.\d{1,30})(e-\d{1,2})?$/i.test(text) ? Number(text) : undefined;

const cellOf = (names: readonly string[], shares: Shares): string =>
  names.map((name, k) => `${name}:${shares[k]}`).join(',');

/** The shares in the order of the classes, divided by their sum. @throws Problem BAD_REQUEST */
function classShares(text: string, names: readonly string[]): Shares {
  const given = text.startsWith('{') ? membersOf(text) : pairsOf(text);
  for (const [name] of given)
    if (!names.includes(name)) throw refusal(`names a class that is none${didYouMean(name, names)}`);
  const shares = names.map((name) => {
    const found = given.filter(([each]) => each === name);
    if (found.length !== 1)
      throw refusal(`names the class ${name} ${found.length === 0 ? 'not at all' : 'twice'}; name each once`);
    const [[, share]] = found;
    if (share === undefined || share > 1) throw refusal(`takes a share from 0 to 1 for the class ${name}`);
    return share;
  });
  const sum = shares.reduce((a, b) => a + b);
  if (Math.abs(sum - 1) > rounding)
    throw refusal(`has shares that add up to ${Number(sum.toPrecision(4))}, not to 1`);
  return shares.map((share) => share / sum);
}

type Given = [name: string, share: number | undefined][];

function membersOf(text: string): Given {
  try {
    return Object.entries(JSON.parse(text)).map(([name, share]) => [
      name,
      typeof share === 'number' && share >= 0 ? share : undefined,
    ]);
  } catch {
    throw refusal('begins like an object but is not valid JSON');
  }
}

/** The last colon ends a name, which can hold colons. */
const pairsOf = (text: string): Given =>
  text.split(',').map((pair) => {
    const end = pair.lastIndexOf(':');
    return [pair.slice(0, Math.max(0, end)), shareOf(pair.slice(end + 1))];
  });
