import type { ModelDescription } from '@hearth/artifact';
import type { Entries } from './fields/entries.ts';
import { writeFragment } from './link/fragment.ts';
import { useLocale } from './locale.ts';

/** Which model answers, and the ways to more about it. */
export function Foot({ model, entries }: { model: ModelDescription; entries: Entries | undefined }) {
  const { messages, format } = useLocale();
  return (
    <footer class="foot">
      <p>
        {messages.model} {model.name} <span class="version">{model.version}</span>
        {model.published && `, ${messages.published(format.date(model.published))}`}
      </p>
      <nav>
        <a href={writeFragment({ view: 'about', entries })}>{messages.aboutModel}</a>
        <a href={writeFragment({ view: 'ops', entries })}>{messages.operations}</a>
      </nav>
    </footer>
  );
}
