import type { ModelDescription } from '@hearth/artifact';
import { useLocale } from '../locale.ts';
import { aboutMessages } from './messages.ts';
import { webAddress } from './web-address.ts';

/** Data, licence and version. Titles of sources and names are in the language of their publication. */
export function Origin({ model }: { model: ModelDescription }) {
  const { language, format, text } = useLocale();
  const words = aboutMessages[language];
  const { data, engine } = model;
  return (
    <dl class="facts">
      <div>
        <dt>{words.version}</dt>
        <dd>
          {model.name} {model.version}
        </dd>
      </div>
      {model.published && (
        <div>
          <dt>{words.published}</dt>
          <dd>{format.date(model.published)}</dd>
        </div>
      )}
      {model.outcomeDefinition && (
        <div>
          <dt>{words.outcome}</dt>
          <dd>{text(model.outcomeDefinition)}</dd>
        </div>
      )}
      {model.dates && (
        <div>
          <dt>{words.dates}</dt>
          <dd>{text(model.dates)}</dd>
        </div>
      )}
      <div>
        <dt>{words.engine}</dt>
        <dd>
          {engine.name} {engine.version}
        </dd>
      </div>
      <div>
        <dt>{words.source}</dt>
        {data.sources.map(({ title, path }) => (
          <dd key={title} lang="en">
            <Reference title={title} path={path} />
          </dd>
        ))}
      </div>
      {data.contributors.length > 0 && (
        <div>
          <dt>{words.people}</dt>
          {data.contributors.map((name) => (
            <dd key={name} lang="en">
              {name}
            </dd>
          ))}
        </div>
      )}
      <div>
        <dt>{words.licence}</dt>
        <dd>
          <Reference title={data.licence.name} path={data.licence.path} />
        </dd>
      </div>
      <div>
        <dt>{words.checksum}</dt>
        <dd class="code">{data.sha256}</dd>
      </div>
    </dl>
  );
}

function Reference({ title, path }: { title: string; path?: string }) {
  const address = webAddress(path);
  return address ? <a href={address}>{title}</a> : title;
}
