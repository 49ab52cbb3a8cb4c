import type { ModelDescription } from '@hearth/artifact';
import { useLocale } from './locale.ts';
import { scaleOf } from './scale.ts';

/** Whom the number is about, what it says of them, and how far to trust it. */
export function Meaning({ model }: { model: ModelDescription }) {
  const locale = useLocale();
  const { messages, format, text } = locale;
  const { evaluation } = model;
  return (
    <section class="meaning" aria-label={messages.whatItMeans}>
      <div>
        <h2>{messages.whoItIsAbout}</h2>
        <p>{text(model.population)}</p>
      </div>
      <div>
        <h2>{messages.whatItMeans}</h2>
        <p>{text(model.intendedUse)}</p>
      </div>
      <div>
        <h2>{messages.howWell}</h2>
        <p>
          {evaluation.kind === 'chance'
            ? messages.discrimination(format.percent(evaluation.model.auc.mean))
            : messages.meanError(scaleOf(model.target, locale).text(evaluation.model.mae.mean))}
        </p>
      </div>
    </section>
  );
}
