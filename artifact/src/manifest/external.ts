import * as v from 'valibot';
import { count } from '../columns/columns.ts';
import { countsFault, ThresholdCounts } from '../decision/index.ts';
import { ArtifactError } from '../errors.ts';
import { parseJson } from '../json.ts';
import { unprintable } from '../printable.ts';
import { ChanceScores, ClassScores, classMembers, Reliability, Score, ValueScores } from './evaluation.ts';
import { canonical, sha256 } from './identity.ts';
import { checkVersioned } from './versioned.ts';

/** The newest format of these files that this code reads. */
const externalFormat = 1;

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const shared = {
  format: v.literal(externalFormat),
  /** What the rows are, in the words of who evaluated: another hospital, a later year. */
  name: v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(100),
    v.check((name) => name.trim() === name && !unprintable.test(name), 'the name cannot be printed'),
  ),
  /** The day of the evaluation. */
  date: v.pipe(v.string(), v.isoDate()),
  /** Name of the model, and the SHA-256 of the content of its version. */
  model: v.string(),
  version: hash,
  /** The file of the rows, and how many it has. */
  table: v.object({ sha256: hash, rows: count }),
  /** Rows that were not evaluated: without a target, and with a cell that the columns of the model do not allow. */
  leftOut: v.object({ withoutTarget: count, notAllowed: count }),
  /** Columns of the model that the table does not have; they were answered as missing. */
  absent: v.array(v.string()),
  /** The rows that were evaluated. */
  rows: count,
  /** How many of them are training rows of the version too, by their keys in its out-of-fold file. */
  inTraining: count,
  /** SHA-256 of all other members in canonical JSON (RFC 8785). */
  sha256: hash,
};

/** Members that this code does not know are for newer code: they are hashed and otherwise ignored. */
export const ExternalEvaluation = v.variant('kind', [
  v.object({
    kind: v.literal('chance'),
    ...shared,
    positives: count,
    scores: ChanceScores,
    reliability: Reliability,
    /** As in the manifest. */
    thresholds: v.optional(ThresholdCounts),
  }),
  v.object({
    kind: v.literal('value'),
    ...shared,
    scores: ValueScores,
    /** Intercept and slope of the linear regression of the target on the prediction: 0 and 1 if calibrated. */
    calibration: v.optional(v.object({ intercept: Score, slope: Score })),
    /** Groups of equal size by prediction. */
    reliability: Reliability,
  }),
  /** As in the manifest; what is by class is in the order of the target's classes. */
  v.object({ kind: v.literal('classes'), ...shared, scores: ClassScores, ...classMembers }),
]);

/** How a version did on rows that it was not trained on, evaluated after it was published: of another place, or another time. */
export type ExternalEvaluation = v.InferOutput<typeof ExternalEvaluation>;
type OmitFrom<E, K extends string> = E extends unknown ? Omit<E, K> : never;
/** What the caller computes; the store adds the rest. */
export type ExternalFigures = OmitFrom<ExternalEvaluation, 'format' | 'sha256' | 'model' | 'version'>;

/** The evaluation with its hash. */
export function signed(
  figures: ExternalFigures & Pick<ExternalEvaluation, 'model' | 'version'>,
): ExternalEvaluation {
  const evaluation = { format: externalFormat, ...figures } as const;
  return { ...evaluation, sha256: hashOf(evaluation) };
}

export const encodeExternal = (evaluation: ExternalEvaluation): string =>
  `${JSON.stringify(evaluation, null, 1)}\n`;

/** @throws ArtifactError 'evaluation', 'format' or 'hash' */
export function decodeExternal(bytes: Uint8Array, file: string): ExternalEvaluation {
  const json = parseJson(bytes, 'evaluation', file);
  const evaluation = checkVersioned(json, ExternalEvaluation, {
    file,
    check: 'evaluation',
    newest: externalFormat,
  });
  const fault = evaluation.kind === 'chance' && evaluation.thresholds && countsFault(evaluation.thresholds);
  if (fault) throw new ArtifactError('evaluation', `${file}, thresholds ${fault}`);
  if (evaluation.kind === 'classes') {
    const { length } = evaluation.classes;
    if (evaluation.confusion.length !== length || evaluation.confusion.some((line) => line.length !== length))
      throw new ArtifactError('evaluation', `${file}, confusion has not a line and a column for each class`);
  }
  const { sha256: written, ...rest } = json as Record<string, unknown>;
  if (hashOf(rest) !== written) {
    throw new ArtifactError('hash', `${file} was changed after it was written`);
  }
  return evaluation;
}

const hashOf = (members: object): string => sha256(canonical(members));

/** The name of the file of an evaluation; two names that differ only in case, accents or punctuation have the same. */
export function externalFile(name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  // a name in letters that none of these stand for
  return `${ascii || sha256(name).slice(0, 12)}.json`;
}
