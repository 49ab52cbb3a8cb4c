import type { ModelDescription } from '@hearth/artifact';
import { type ComponentChildren, toChildArray } from 'preact';
import { useLocale } from '../locale.ts';
import { engineText } from './engine.ts';
import { aboutMessages } from './messages.ts';
import { webAddress } from './web-address.ts';

/** Data, licence and version. Titles of sources and names are in the language of their publication. */
export function Origin({ model }: { model: ModelDescription }) {
  const locale = useLocale();
  const { language, format, text } = locale;
  const words = aboutMessages[language];
  const { data } = model;
  return (
    <dl class="facts">
      <Fact label={words.version}>{`${model.name} ${model.version}`}</Fact>
      <Fact label={words.published}>{model.published && format.date(model.published)}</Fact>
      <Fact label={words.outcome}>{text(model.outcomeDefinition)}</Fact>
      <Fact label={words.dates}>{text(model.dates)}</Fact>
      <Fact label={words.engine}>{engineText(model, locale)}</Fact>
      <Fact label={words.source} lang="en">
        {data.sources?.map((source) => (
          <Reference key={source.title} {...source} />
        ))}
      </Fact>
      <Fact label={words.people} lang="en">
        {data.contributors}
      </Fact>
      <Fact label={words.licence}>
        {data.licence && <Reference title={data.licence.name} path={data.licence.path} />}
      </Fact>
      <Fact label={words.checksum} class="code">
        {data.sha256}
      </Fact>
    </dl>
  );
}

interface FactProps {
  label: string;
  lang?: string;
  class?: string;
  /** One value or several; nothing is shown if there is none. */
  children?: ComponentChildren;
}

function Fact({ label, children, ...attributes }: FactProps) {
  const values = toChildArray(children).filter((value) => value !== '');
  if (values.length === 0) return null;
  return (
    <div>
      <dt>{label}</dt>
      {values.map((value, index) => (
        <dd key={index} {...attributes}>
          {value}
        </dd>
      ))}
    </div>
  );
}

function Reference({ title, path }: { title: string; path?: string }) {
  const address = webAddress(path);
  return address ? <a href={address}>{title}</a> : title;
}
