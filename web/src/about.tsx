import type { ModelDescription } from '@hearth/artifact';
import { useLocale } from './locale.ts';

/** Which model answers, what it was made from, and how good it is. */
export function About({ model }: { model: ModelDescription }) {
  const { messages, format } = useLocale();
  const { data, evaluation } = model;
  const { folds, repeats } = evaluation.method;
  const auc = evaluation.kind === 'chance' ? evaluation.model.auc.mean : undefined;
  return (
    <footer class="about">
      <div>
        <h2>{messages.model}</h2>
        <p>
          {model.name} <span class="version">{model.version}</span>
          {model.published && `, ${messages.published(format.date(model.published))}`}
        </p>
      </div>
      {auc !== undefined && (
        <div>
          <h2>{messages.howWell}</h2>
          <p>{messages.discrimination(format.percent(auc))}</p>
          <p>{messages.validation(folds, repeats, format.number(auc))}</p>
        </div>
      )}
      <div>
        <h2>{messages.data}</h2>
        <ul lang="en">
          {data.sources.map(({ title, path }) => (
            <li key={title}>{path ? <a href={path}>{title}</a> : title}</li>
          ))}
        </ul>
        <p>
          {messages.rows(format.number(data.rows))} · <a href={data.licence.path}>{data.licence.name}</a>
        </p>
        <p lang="en">{data.contributors.join(' · ')}</p>
      </div>
    </footer>
  );
}
