import type { Design } from '../design.ts';
import type { Progress } from '../progress.ts';
import { correctClasses, correctedAnswer, correctedClassAnswer, correction } from '../sampling/prior.ts';
import {
  answerByTrees,
  answerClasses,
  type ClassModel,
  type LearnedClasses,
  type LearnedModel,
  type Learner,
  type ModelLearner,
} from './learner.ts';

/** A learner whose answers are corrected for the share of class 1 in the population, where it is known. */
export function correctAnswers(learner: Learner, design: Design): Learner {
  return {
    ...learner,
    learn(rows, seed) {
      const { predict } = learner.learn(rows, seed);
      const correct = correction(design, rows);
      return { predict: (row, given) => correct(predict(row, given)) };
    },
  };
}

/** The same for the shares of several classes. */
export function correctClassAnswers(
  learner: Learner<LearnedClasses>,
  design: Design,
): Learner<LearnedClasses> {
  return {
    ...learner,
    learn(rows, seed) {
      const { predictClasses } = learner.learn(rows, seed);
      return {
        predictClasses(asked, given) {
          const probabilities = predictClasses(asked, given);
          correctClasses(design, rows, probabilities);
          return probabilities;
        },
      };
    },
  };
}

/** A learner whose models are corrected for the share of class 1 in the population. */
export function correctModels(learner: ModelLearner, design: Design): ModelLearner {
  return correcting(learner, (model: LearnedModel, rows) => {
    const answer = correctedAnswer(design, rows, model.answer);
    return { ...model, answer, ...answerByTrees(design, model.trees, answer, model.added) };
  });
}

/** The same for the shares of several classes. */
export function correctClassModels(
  learner: ModelLearner<ClassModel>,
  design: Design,
): ModelLearner<ClassModel> {
  return correcting(learner, (model: ClassModel, rows) => {
    const answer = correctedClassAnswer(design, rows, model.answer);
    return { ...model, answer, ...answerClasses(design, model.trees, answer, model.added) };
  });
}

function correcting<M extends LearnedModel | ClassModel>(
  learner: ModelLearner<M>,
  correct: (model: M, rows: Int32Array) => M,
): ModelLearner<M> {
  const { learnInThreads } = learner;
  return {
    ...learner,
    learn: (rows, seed, threads) => correct(learner.learn(rows, seed, threads), rows),
    ...(learnInThreads && {
      learnInThreads: async (rows: Int32Array, seed: number, progress: Progress) =>
        correct(await learnInThreads(rows, seed, progress), rows),
    }),
  };
}
