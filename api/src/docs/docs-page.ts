import { type Column, english, kindOf, type Model, titleOf, usedColumns } from '@hearth/artifact';
import type { Element } from 'hast';
import { h } from 'hastscript';
import { type Limits, limitSettings } from '../admission/index.ts';
import { basePath } from '../server/base-path.ts';
import { type Example, examples, type Place } from './examples.ts';
import { htmlPage, table } from './html.ts';
import { problemTable } from './problem-pages.ts';
import { settings } from './settings.ts';

/** How to call this server, with all inputs of the model that serves now. */
export function docsPage({ manifest, version }: Model, limits: Limits, place: Place): string {
  const address = (path: string) => h('a', { href: basePath + path }, path);
  const own = (path: string) => address(place.at + path);
  const used = usedColumns(manifest.features);
  return htmlPage(
    `Hearth: ${english(titleOf(manifest))}`,
    h('p', [
      `Predictions by the model ${manifest.name}, version ${version}. See `,
      own('/openapi.json'),
      ' for tools, ',
      own('/model/card'),
      ' for what the model is and whom it is for, and ',
      own('/health'),
      ' for whether it can answer.',
    ]),
    h('h2', 'Predictions'),
    ...examples(manifest, place.at).flatMap((example) => exampleSection(example, place.origin)),
    h('h2', 'Streams'),
    h('p', [
      'JSON lines and CSV may have any length. Read the answers while you send: if you do not, the server stops reading. A line with a fault gets an error with its number in its place, and the stream goes on; empty lines are skipped. If a stream fails, the server resets the connection, so that a partial stream never looks complete. The model that a stream began with answers all of it.',
    ]),
    h('h2', 'Models'),
    h('p', [
      'Every model in the folder of the server answers. ',
      address('/models'),
      ' lists them. All addresses of this page are also below the address of a model, such as /models/NAME/predict and /models/NAME/docs; a published version answers at /models/NAME/versions/VERSION/predict. A model is read from the disk when it is first asked for.',
    ]),
    h('h2', 'Columns'),
    table(
      ['name', 'meaning', 'allowed'],
      manifest.columns.map((column) => [
        h('code', column.name),
        meaning(column),
        used.has(column.name) ? allowed(column) : 'anything; the model does not use it',
      ]),
    ),
    h('h2', 'Problems'),
    h('p', 'Every error is application/problem+json (RFC 9457).'),
    problemTable(),
    h('h2', 'Limits'),
    table(
      ['limit', 'value', 'beyond it', 'variable'],
      Object.entries(limitSettings).map(([name, { what, beyond, variable }]) => [
        what,
        String(limits[name as keyof Limits]),
        beyond,
        h('code', variable),
      ]),
    ),
    h('h2', 'Settings'),
    h('p', 'Environment variables, in addition to those of the limits.'),
    table(
      ['variable', 'meaning', 'default'],
      settings.map(({ variable, what, otherwise }) => [h('code', variable), what, otherwise]),
    ),
    h('h2', 'Another model'),
    h('p', [
      'A model that XGBoost, LightGBM or CatBoost saved becomes a version with ',
      h('code', 'hearth import FILE'),
      '. Models of scikit-learn, Spark ML and R are written as a file by a script, which you read and run beside the model: ',
      h('code', 'hearth import --script python'),
      ', ',
      h('code', 'spark'),
      ' or ',
      h('code', 'r'),
      ' prints it.',
    ]),
  );
}

function exampleSection({ title, about, path, type, body, curl }: Example, origin: string): Element[] {
  return [
    h('h3', title),
    h('p', about),
    h('pre', [h('code.curl', curl(origin))]),
    h('form', { dataPath: basePath + path, dataType: type }, [
      h('textarea', { rows: 4, ariaLabel: `Body: ${title}`, spellCheck: 'false' }, body),
      h('button', { type: 'submit' }, 'Send'),
      h('output', { hidden: true }, [h('pre')]),
    ]),
  ];
}

const meaning = ({ label, description }: Column): string =>
  [label, description].map(english).filter(Boolean).join('. ');

function allowed(column: Column): string {
  const codes = column.missingCodes ? `; codes for missing values: ${column.missingCodes.join(', ')}` : '';
  const needed = column.required ? '; required' : codes;
  return kindOf(column).allowed(column, String) + needed;
}
