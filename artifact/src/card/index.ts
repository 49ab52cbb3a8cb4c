export { type CardOptions, renderCard } from './card.ts';
export { decimal, digitsOf, percent } from './numbers.ts';
export {
  errorOf,
  intervalOf,
  type Metric,
  meanOf,
  metricsOf,
  protocolOf,
  written,
  writtenDifference,
} from './scores.ts';
export { type Verdict, verdictInWords, verdictOf } from './verdict.ts';
