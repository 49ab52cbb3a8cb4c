import type { Design } from '../design.ts';
import { exposeAnswers, exposeModels } from './exposed.ts';
import { correctAnswers, correctClassAnswers, correctClassModels, correctModels } from './known-prior.ts';
import type { AnyLearner, ClassModel, LearnedClasses, Learner, ModelLearner } from './learner.ts';
import { constantQuantiles, quantileAnswers, quantileModels } from './quantile-models.ts';

/** A learner, before it is adapted to a table. */
interface Plain {
  name: string;
  /** Whether it makes models that can be published; otherwise models are only compared with it. */
  makesModels: boolean;
  create(design: Design, options: never): AnyLearner;
}

/** Creates a learner for a table: for its large categories, the exposure or quantiles of its target, and the shares of its classes. */
export const adapt = (plain: Plain, design: Design, options: unknown): AnyLearner =>
  learningFromRows((of: Design, given: unknown) => forTarget(plain, of, given as never), design, options);

function forTarget(plain: Plain, design: Design, options: never): AnyLearner {
  const { exposure, quantiles } = design;
  if (quantiles) return ofQuantiles(plain, design, quantiles, options);
  if (!exposure) return correct(plain.create(design, options), design, plain.makesModels);
  const ofRates = plain.create(exposure.rates, options);
  return plain.makesModels
    ? exposeModels(ofRates as ModelLearner, design, exposure)
    : exposeAnswers(ofRates as Learner, exposure);
}

/** Creates a learner of quantiles, whose centre is of a learner of numbers. */
function ofQuantiles(
  { name, makesModels, create }: Plain,
  design: Design,
  quantiles: NonNullable<Design['quantiles']>,
  options: never,
): AnyLearner {
  if (name === 'base-rate') return constantQuantiles(design, quantiles);
  const createCentre = (of: Design, chosen?: unknown) => create(of, (chosen ?? options) as never);
  return makesModels
    ? quantileModels(design, quantiles, createCentre as (of: Design, chosen?: unknown) => ModelLearner)
    : quantileAnswers(design, quantiles, (of) => createCentre(of) as Learner);
}

/** Corrects answers for the shares of the classes in the population, where they are known. */
function correct(learner: AnyLearner, design: Design, makesModels: boolean): AnyLearner {
  const { prior, priors } = design.sampling ?? {};
  if (priors)
    return makesModels
      ? correctClassModels(learner as ModelLearner<ClassModel>, design)
      : correctClassAnswers(learner as Learner<LearnedClasses>, design);
  if (prior === undefined) return learner;
  return makesModels
    ? correctModels(learner as ModelLearner, design)
    : correctAnswers(learner as Learner, design);
}

/** A learner that sees of large categories only what its training rows say about them. */
function learningFromRows<L extends AnyLearner, Options>(
  create: (design: Design, options: Options) => L,
  design: Design,
  options: Options,
): L {
  const of = (rows: Int32Array) => create(design.forRows(rows), options);
  const learner: L & Pick<ModelLearner, 'learnInThreads'> = create(design, options);
  return {
    ...learner,
    learn: (rows: Int32Array, seed: number, threads?: number) => of(rows).learn(rows, seed, threads),
    ...(learner.learnInThreads && {
      learnInThreads: (...[rows, ...others]: Parameters<NonNullable<ModelLearner['learnInThreads']>>) =>
        (of(rows) as typeof learner).learnInThreads?.(rows, ...others),
    }),
  };
}
