import { targetKind } from '../answer/targets.ts';
import type { ExternalEvaluation } from '../manifest/external.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { code, link, list, plain, section } from './markdown.ts';
import { metricsOf, protocolOf, written } from './scores.ts';

export function summary(manifest: Manifest, version: string, published?: string): string {
  const { title, name, evaluation, data, outcome, target } = manifest;
  const metrics = metricsOf(evaluation).slice(0, 2);
  const scores = metrics.map((metric) => `${metric.name} ${written(metric, evaluation.model)}`).join(', ');

  return [
    `# ${plain(title.en)}`,
    `A tree-based model that estimates ${targetKind(target).meaning} ${plain(outcome.en)}, developed and internally evaluated on ${data.rows} rows. Scores by ${protocolOf(evaluation)}: ${scores}.`,
    `${code(name)}, version ${code(version)}${published ? `, published ${published}` : ''}. This card follows TRIPOD+AI (Collins et al. 2024, [BMJ 385:e078378](https://doi.org/10.1136/bmj-2023-078378)) and is generated from the manifest of the model.`,
  ].join('\n\n');
}

export const useSection = ({ intendedUse, notIntendedUse }: Manifest): string =>
  section('Intended use', '3, 4, 27', plain(intendedUse.en), `**Not intended:** ${plain(notIntendedUse.en)}`);

export const limitsSection = (
  { limits = [], data, evaluation }: Manifest,
  elsewhere: readonly ExternalEvaluation[],
): string =>
  section(
    'Limits',
    '25, 26',
    list([
      ...limits.map(({ en }) => plain(en)),
      `The evaluation is internal: ${protocolOf(evaluation)} on the ${data.rows} rows of the training table. ${
        elsewhere.length === 0
          ? 'The performance on data from elsewhere is not known.'
          : `It was evaluated elsewhere on ${elsewhere.map(({ name }) => plain(name)).join('; ')}, and nowhere else.`
      }`,
    ]),
  );

export const openScienceSection = ({ data, engine, files }: Manifest): string =>
  section(
    'Open science',
    '17, 18, 19',
    list([
      `Data: ${data.sources.length > 0 ? data.sources.map(({ title, path }) => link(title, path)).join('; ') : code(data.name)}. Licence: ${link(data.licence.title, data.licence.path)}.`,
      `Code: \`hearth train\` with ${code(engine.name)} ${plain(engine.version)} and seed ${engine.seed} produces the same bytes from the same table.`,
      `Model: ${Object.entries(files)
        .map(([file, { sha256 }]) => `${code(file)} (SHA-256 ${code(sha256)})`)
        .join(', ')}.`,
      'Protocol, registration, funding, conflicts of interest, ethical approval, patient and public involvement: not recorded with the data.',
    ]),
  );

export const contributorsSection = ({ data: { contributors } }: Manifest): string =>
  section('Contributors', '5', contributors.length > 0 && list(contributors.map(plain)));

/** The texts of the data package in Brazilian Portuguese. */
export const portugueseSection = ({
  title,
  population,
  intendedUse,
  notIntendedUse,
  limits = [],
}: Manifest): string =>
  section(
    'Em português',
    '2, 3',
    `**${plain(title['pt-BR'])}.** ${plain(population['pt-BR'])}`,
    plain(intendedUse['pt-BR']),
    plain(notIntendedUse['pt-BR']),
    limits.length > 0 && list(limits.map((limit) => plain(limit['pt-BR']))),
  );
