import type { ModelDescription } from '@hearth/artifact';
import { useState } from 'preact/hooks';
import type { ShownPrediction } from '../api.ts';
import { useLocale } from '../locale.ts';
import { classLabel } from '../scale.ts';

export interface ClassBarsProps {
  target: Extract<ModelDescription['target'], { type: 'classes' }>;
  answer: ShownPrediction | undefined;
  /** Asks why a class has its chance; undefined asks for the most probable one. */
  explain(value: string | undefined): void;
}

/** So many classes keep their order, and are all shown; of more, the most probable come first. */
const mostInOrder = 8;

/** The classes that hold the true one with the level, the most probable first, as a sentence. */
function ClassSet({
  target,
  answer,
  set: { level, classes },
}: Pick<ClassBarsProps, 'target'> & { answer: ShownPrediction; set: NonNullable<ShownPrediction['set']> }) {
  const locale = useLocale();
  const { messages, format } = locale;
  const chance = (value: string) => answer.probabilities?.[value] ?? 0;
  const names = classes
    .toSorted((a, b) => chance(b) - chance(a))
    .map((value) => classLabel(target, value, locale));
  const of100 = format.number(100 * level);
  const sentence =
    names.length > mostInOrder
      ? messages.classSetOfMany(format.number(names.length), of100)
      : messages.classSet(names, of100);
  return <p class="class-set">{sentence}</p>;
}

/** The chance of each class; a click asks why. */
export function ClassBars({ target, answer, explain }: ClassBarsProps) {
  const locale = useLocale();
  const { messages, format } = locale;
  const [isWhole, setWhole] = useState(false);
  const classes = target.classes.map(({ value }) => ({
    value,
    label: classLabel(target, value, locale),
    chance: answer?.probabilities?.[value] ?? 0,
  }));
  const isLong = classes.length > mostInOrder;
  const ordered = isLong ? classes.toSorted((a, b) => b.chance - a.chance) : classes;
  const shown = isWhole ? ordered : ordered.slice(0, mostInOrder);
  const explained = answer?.contributions?.of;
  return (
    <div class="classes">
      <ul class="class-bars" aria-label={messages.chances}>
        {shown.map(({ value, label, chance }) => (
          <li key={value}>
            <button
              type="button"
              class="class-row"
              aria-pressed={value === explained}
              disabled={!answer}
              onClick={() => explain(value === answer?.class ? undefined : value)}
            >
              <span class="class-name">{label}</span>
              <span class="class-chance">{answer ? format.percent(chance) : ''}</span>
              <span class="class-track" aria-hidden="true">
                <span class="class-bar" style={{ '--to': `${(100 * chance).toFixed(2)}%` }} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {answer?.set && <ClassSet target={target} answer={answer} set={answer.set} />}
      {isLong && (
        <button
          type="button"
          class="class-more"
          aria-expanded={isWhole}
          onClick={() => setWhole((before) => !before)}
        >
          {isWhole ? messages.fewerClasses : messages.allClasses(format.number(classes.length))}
        </button>
      )}
    </div>
  );
}
