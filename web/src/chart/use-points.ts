import type { Row, Value } from '@hearth/artifact';
import { predictAll } from '../api.ts';
import { answerOf } from '../scale.ts';
import { useSettings } from '../settings.ts';
import { useLatest } from '../use-latest.ts';
import type { PlotViewProps } from './plot-view.ts';
import type { Point } from './points.ts';

/** Milliseconds. Longer than for the number: the curve costs a hundred predictions. */
const delay = 150;

interface Question {
  /** Another model gives other answers. */
  version: string;
  held: Row;
  name: string;
  values: readonly Value[];
  prevalence: number | undefined;
}

const ask = ({ held, name, values, prevalence }: Question) =>
  predictAll(
    values.map((value) => ({ ...held, [name]: value })),
    prevalence,
  );

/**
 * The answers to the row with each of these values of one column, all others fixed.
 * @param places where each value is drawn; in their order if left out
 * @returns the points, and the value that the row has
 */
export function usePoints(
  { model, row, isAnswered, of }: Pick<PlotViewProps, 'model' | 'row' | 'isAnswered' | 'of'>,
  name: string,
  values: readonly Value[],
  places: readonly number[] = [...values.keys()],
) {
  const { target, version } = model;
  const { prevalence } = useSettings();
  const { [name]: current, ...held } = row ?? {};
  const { reply, pending } = useLatest(ask, row && { version, held, name, values, prevalence }, delay);
  const points = places.flatMap((place, i): Point[] => {
    const answer = isAnswered && reply?.[i];
    if (!answer) return [];
    const { interval } = answer;
    return [{ value: place, answer: answerOf(target, answer, of), ...(interval && { interval }) }];
  });
  return { points, current, pending };
}
