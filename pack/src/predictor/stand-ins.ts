import * as v from 'valibot';

/**
 * What stands in the predictor for larger modules; pack/src/bundle-predictor.ts says where. Answers stay the same bit for bit: each packed or
 * tabled walk gives the sums of the plain walk, and the checks that are left out were made when the version was published.
 */

/** No forest is packed. */
export const packForest = () => undefined;
export const packedWalk = () => undefined;
/** Leaf values are added one by one. */
export const createLeafAdder = () => undefined;
/** No sums come from tables. */
export const createTabling = () => () => false;
/** No bytes of a request are read. */
export const plainRowReader = () => () => false;
/** The evaluation is not read. */
export const Evaluation = v.pipe(
  v.unknown(),
  v.transform(() => undefined),
);
/** Explanations are loaded with the first one. */
export const explainAnswer = () => undefined;
/** The page shows no column. */
export const assertColumns = () => {};
/** The parts of a manifest fit each other. */
export const consistencyFault = () => undefined;
/** No answer of all that are possible is beyond its range. */
export const assertAnswers = () => {};
/** No name is similar. */
export const distance = () => Number.POSITIVE_INFINITY;

/** JSON with sorted members (RFC 8785), of a value that `JSON.parse` gave. */
export default function canonicalize(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalize)}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${canonicalize(each)}`)}}`;
}
