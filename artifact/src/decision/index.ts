export { countAtThresholds, countsFault, Decision, ThresholdCounts, thresholdOf } from './counts.ts';
export {
  type Estimate,
  figuresAt,
  type People,
  peopleAt,
  placeOf,
  type ThresholdFigures,
  wilson,
} from './figures.ts';
