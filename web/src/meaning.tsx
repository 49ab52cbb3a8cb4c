import type { ModelDescription } from '@hearth/artifact';
import { useLocale } from './locale.ts';

/** Whom the number is about, what it says of them, and what it does not say: in the words of the model's makers. */
export function Meaning({ model }: { model: ModelDescription }) {
  const { messages, text } = useLocale();
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
        <h2>{messages.whatItDoesNotMean}</h2>
        <p>{text(model.notIntendedUse)}</p>
      </div>
    </section>
  );
}
