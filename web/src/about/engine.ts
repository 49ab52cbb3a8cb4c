import type { ModelDescription } from '@hearth/artifact';
import type { Locale } from '../locale.ts';
import { aboutMessages } from './messages.ts';

/** What made the model: the learner and its version; of a blend its members too, the largest first. */
export function engineText(
  { engine, evaluation }: Pick<ModelDescription, 'engine' | 'evaluation'>,
  { language, format, text }: Locale,
): string {
  const { name, version, options } = engine;
  if (name !== 'blend') return `${name} ${version}`;
  const members = Object.entries(options)
    .filter(([key]) => key.endsWith('.weight'))
    .sort(([, a], [, b]) => Number(b) - Number(a))
    .map(([key, weight]) => {
      const learner = key.slice(0, key.indexOf('.'));
      const label = evaluation?.references.find((each) => each.name === learner)?.label;
      return `${format.percent(Number(weight))} ${text(label) || learner}`;
    });
  return `${aboutMessages[language].blend} ${version}: ${members.join(', ')}`;
}
