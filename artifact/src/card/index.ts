export { blendInWords } from './blend.ts';
export { type CardOptions, renderCard } from './card.ts';
export { rowsWritten } from './classes.ts';
export { inPeople } from './decision.ts';
export { externalFigures } from './external.ts';
export { decimal, digitsOf, percent } from './numbers.ts';
export { samplingSentences } from './sampling.ts';
export {
  errorOf,
  intervalOf,
  type Metric,
  meanOf,
  metricsOf,
  protocolOf,
  type Verdict,
  verdictInWords,
  verdictOf,
  written,
  writtenDifference,
} from './scores.ts';
