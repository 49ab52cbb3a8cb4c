import type { ExternalEvaluation, Manifest } from '@hearth/artifact';
import { externalFigures } from '@hearth/artifact/card';
import type { Comment, Element } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { figure } from './figure.ts';
import { authorOf, signReport, unsigned } from './signature.ts';

const comment = (value: string): Comment => ({ type: 'comment', value });
/** Between these comments is what was found out after the training. */
const [begin, end] = [' evaluated elsewhere ', ' end '];
const between = new RegExp(`(?<=<!--${begin}-->).*(?=<!--${end}-->)`, 's');

/** The place for evaluations of other rows, which are made after the report; empty at first. */
export const elsewherePlace = (): (Comment | Element)[] => [comment(begin), comment(end)];

/** The trees of a version, by which a report is known to be of it. */
export const treesOf = ({ files }: Pick<Manifest, 'files'>): string =>
  files['forest.safetensors']?.sha256 ?? '';

/**
 * A report of `train` with the evaluations of its version on other rows.
 * @param html the report as it is
 * @returns the report, or why it cannot be completed
 */
export function withElsewhere(
  html: string,
  manifest: Pick<Manifest, 'files'>,
  evaluations: readonly ExternalEvaluation[],
): { html: string } | { fault: string } {
  if (authorOf(html) !== 'train')
    return { fault: 'is not a report that train wrote, or it was changed since' };
  if (!html.includes(`<meta name="trees" content="${treesOf(manifest)}">`))
    return { fault: 'is the report of another version' };
  const part = evaluations.map((each) => toHtml(placeFigure(each))).join('');
  return { html: signReport(unsigned(html).replace(between, () => part)) };
}

/** What one table said about the version, apart from the cross-validation. */
const placeFigure = (evaluation: ExternalEvaluation): Element => {
  const { name, date, rows, inTraining } = evaluation;
  return h('div.full', [
    figure(
      `Evaluated: ${name}`,
      h('div.wide', [
        h('table.scores', [
          h('thead', h('tr', [h('td'), h('th', { scope: 'col' }, 'with 95 % interval')])),
          h(
            'tbody',
            externalFigures(evaluation).map(([score, text]) =>
              h('tr', [h('th', { scope: 'row' }, score), h('td.number', text)]),
            ),
          ),
        ]),
      ]),
      `${rows} rows that the version was not trained on${inTraining > 0 ? `, but for ${inTraining}` : ''}, evaluated ${date}.`,
    ),
  ]);
};
