import { targetKind } from '../answer/targets.ts';
import { english } from '../columns/texts.ts';
import type { ExternalEvaluation } from '../manifest/external.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { notStated, outcomeOf, titleOf } from '../manifest/stated.ts';
import { code, link, list, plain, section } from './markdown.ts';
import { metricsOf, protocolOf, written } from './scores.ts';

export function summary(
  manifest: Manifest,
  version: string,
  published: string | undefined,
  evaluations: readonly ExternalEvaluation[],
): string {
  const { name, data, target } = manifest;
  const what = `A tree-based model that estimates ${targetKind(target).meaning} ${plain(english(outcomeOf(manifest)))}`;
  const unstated = notStated(manifest);
  return [
    `# ${plain(english(titleOf(manifest)))}`,
    `${what}, ${howGood(manifest)}`,
    `${code(name)}, version ${code(version)}${published ? `, published ${published}` : ''}. This card follows TRIPOD+AI (Collins et al. 2024, [BMJ 385:e078378](https://doi.org/10.1136/bmj-2023-078378)) and is generated from the manifest of the model.`,
    ...(unstated.length > 0 ? [`**Not stated:** ${unstated.join(', ')}.`] : []),
  ].join('\n\n');

  function howGood({ evaluation }: Manifest): string {
    const unscored =
      evaluations.length > 0 ? 'Evaluated at other places only; see below.' : '**Not evaluated.**';
    if (data.imported) return `${importedWords(data.imported, data.rows)}${evaluation ? '' : ` ${unscored}`}`;
    if (!evaluation) return `developed on ${data.rows} rows. ${unscored}`;
    const metrics = metricsOf(evaluation).slice(0, 2);
    const scores = metrics.map((metric) => `${metric.name} ${written(metric, evaluation.model)}`).join(', ');
    return `developed and internally evaluated on ${data.rows} rows. Scores by ${protocolOf(evaluation, data)}: ${scores}.`;
  }
}

/** Where a model comes from that was made elsewhere. */
function importedWords(
  { tool, version, rows, bound, calibration }: NonNullable<Manifest['data']['imported']>,
  trained: number,
): string {
  const made = `made with ${plain(`${tool} ${version}`.trim())}${trained > 0 ? ` from ${trained} rows` : ''} and imported.`;
  const compared =
    rows > 0
      ? `${rows} answers of that tool were compared: none differs by more than ${bound}.`
      : 'No answers of that tool were compared.';
  const moved =
    calibration?.method === 'affine' ? `, and then ${calibration.intercept.toPrecision(4)} added,` : '';
  const changed = calibration
    ? ` Then its scores were multiplied by ${calibration.slope.toPrecision(4)}${moved} to calibrate it on ${calibration.rows} rows of another table (SHA-256 ${code(calibration.sha256)}).`
    : '';
  return `${made} ${compared}${changed}`;
}

export const useSection = ({ intendedUse, notIntendedUse }: Manifest): string =>
  section(
    'Intended use',
    '3, 4, 27',
    plain(english(intendedUse)),
    notIntendedUse && `**Not intended:** ${plain(english(notIntendedUse))}`,
  );

export const limitsSection = (
  { limits = [], data, evaluation, review }: Manifest,
  elsewhere: readonly ExternalEvaluation[],
): string =>
  section(
    'Limits',
    '25, 26',
    list([
      ...limits.map((limit) => plain(english(limit))),
      evaluation
        ? `The evaluation is internal: ${protocolOf(evaluation, data)} on the ${data.rows} rows of the training table.`
        : 'The model has not been evaluated on its training table.',
      elsewhere.length === 0
        ? 'The performance on data from elsewhere is not known.'
        : `It was evaluated elsewhere on ${elsewhere.map(({ name }) => plain(name)).join('; ')}, and nowhere else.`,
      ...(review ? [`To be looked at again by ${review}: whether it still fits.`] : []),
    ]),
  );

export const openScienceSection = ({ data, engine, files }: Manifest): string => {
  const { sources = [], licence } = data;
  return section(
    'Open science',
    '17, 18, 19',
    list([
      `Data: ${sources.length > 0 ? sources.map(({ title, path }) => link(title, path)).join('; ') : code(data.name)}.${licence ? ` Licence: ${link(licence.title ?? licence.name, licence.path)}.` : ''}`,
      data.imported
        ? `Code: made with ${plain(`${engine.name} ${engine.version}`.trim())}; imported from a file with the SHA-256 ${code(data.imported.sha256)}.`
        : `Code: \`hearth train\` with ${code(engine.name)} ${plain(engine.version)} and seed ${engine.seed} produces the same bytes from the same table.`,
      `Model: ${Object.entries(files)
        .map(([file, { sha256 }]) => `${code(file)} (SHA-256 ${code(sha256)})`)
        .join(', ')}.`,
    ]),
  );
};

export const contributorsSection = ({ data: { contributors = [] } }: Manifest): string =>
  section('Contributors', '5', contributors.length > 0 && list(contributors.map(plain)));

/** The texts of the data package that are in Brazilian Portuguese. */
export const portugueseSection = (manifest: Manifest): string => {
  const { title, population, intendedUse, notIntendedUse, limits = [] } = manifest;
  const [heading, about, use, notUse, ...rest] = [
    title,
    population,
    intendedUse,
    notIntendedUse,
    ...limits,
  ].map((text) => plain(text?.['pt-BR'] ?? ''));
  return section(
    'Em português',
    '2, 3',
    `${heading && `**${heading}.**`} ${about}`.trim(),
    use,
    notUse,
    list(rest.filter(Boolean)),
  );
};
