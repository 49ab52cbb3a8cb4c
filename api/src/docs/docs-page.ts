import { type Column, isNumeric, kindOf, limitsOf, type Model } from '@hearth/artifact';
import type { Element } from 'hast';
import { h } from 'hastscript';
import { type Limits, limitSettings } from '../admission/index.ts';
import { type Example, examples } from './examples.ts';
import { htmlPage, table } from './html.ts';
import { problemTable } from './problem-pages.ts';
import { settings } from './settings.ts';

/** How to ask this server, with everything that its present model takes. */
export function docsPage({ manifest, version }: Model, limits: Limits, origin: string): string {
  const address = (path: string) => h('a', { href: path }, path);
  return htmlPage(
    `Hearth: ${manifest.title.en}`,
    h('p', [
      `Predictions by the model ${manifest.name}, version ${version}. A developer's tools read `,
      address('/openapi.json'),
      '; what the model is, and whom it is for, says ',
      address('/model/card'),
      '; ',
      address('/health'),
      ' tells whether it runs.',
    ]),
    h('h2', 'Ask for predictions'),
    ...examples(manifest).flatMap((example) => exampleSection(example, origin)),
    h('h2', 'Streams'),
    h('p', [
      'JSON lines and CSV may be of any length. Read the answers while you send: a server that cannot get rid of them stops reading. A line at fault is answered in its place, with its number, and the rest goes on; empty lines are passed over. A stream that is cut short resets the connection, and never ends as if it were whole. All answers are by the model that the stream began with.',
    ]),
    h('h2', 'Columns'),
    table(
      ['name', 'what it is', 'allowed'],
      manifest.columns.map((column) => [
        h('code', column.name),
        `${column.label.en}. ${column.description.en}`,
        allowed(column),
      ]),
    ),
    h('h2', 'Problems'),
    h('p', 'Whatever is not answered is explained, as application/problem+json (RFC 9457).'),
    problemTable(),
    h('h2', 'Limits'),
    table(
      ['what', 'here', 'beyond it', 'set by'],
      Object.entries(limitSettings).map(([name, { what, beyond, variable }]) => [
        what,
        String(limits[name as keyof Limits]),
        beyond,
        h('code', variable),
      ]),
    ),
    h('h2', 'Settings'),
    h('p', 'Variables of the environment, as are those of the limits.'),
    table(
      ['set by', 'what', 'otherwise'],
      settings.map(({ variable, what, otherwise }) => [h('code', variable), what, otherwise]),
    ),
  );
}

function exampleSection({ title, about, path, type, body, curl }: Example, origin: string): Element[] {
  return [
    h('h3', title),
    h('p', about),
    h('pre', [h('code.curl', curl(origin))]),
    h('form', { dataPath: path, dataType: type }, [
      h('textarea', { rows: 4, ariaLabel: `Body: ${title}`, spellCheck: 'false' }, body),
      h('button', { type: 'submit' }, 'Send'),
      h('output', { hidden: true }, [h('pre')]),
    ]),
  ];
}

function allowed(column: Column): string {
  const codes = column.missingCodes ? `; not known: ${column.missingCodes.join(', ')}` : '';
  const needed = column.required ? '; required' : codes;
  if (!isNumeric(column)) return kindOf(column).allowed(column, String) + needed;
  const unit = column.unit ? ` ${column.unit.en}` : '';
  if (column.enum) return `${column.enum.join(', ')}${unit}${needed}`;
  const whole = column.type === 'integer' ? 'whole number, ' : '';
  const { minimum, maximum } = limitsOf(column);
  return `${whole}${minimum} to ${maximum}${unit}${needed}`;
}
