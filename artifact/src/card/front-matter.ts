import { stringify } from 'yaml';
import { targetKind } from '../answer/targets.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { metricsOf, protocolOf, written } from './scores.ts';
import { portugueseSection } from './texts.ts';

/** Licences that the hub knows by their lower-case SPDX id. */
const known =
  /^(apache-2\.0|mit|bsd-[23]-clause|cc0-1\.0|cc-by(-nc|-sa|-nd|-nc-sa|-nc-nd)?-4\.0|odbl|odc-by|pddl)$/;

/**
 * Metadata for the Hugging Face hub, including `model-index`
 * (https://github.com/huggingface/hub-docs/blob/main/modelcard.md).
 */
export function frontMatter(manifest: Manifest, version: string): string {
  const { name, data, engine, evaluation, target } = manifest;
  const metrics = evaluation ? metricsOf(evaluation) : [];
  const ids = metrics.flatMap(({ id }) => (id ? [id] : []));
  const { task } = targetKind(target);
  const fields = {
    language: hasPortuguese(manifest) ? ['en', 'pt'] : ['en'],
    ...licence(data.licence),
    library_name: 'hearth',
    pipeline_tag: task,
    tags: [
      'tabular',
      task,
      'trees',
      engine.name,
      ...(evaluation && 'reliability' in evaluation ? ['calibration'] : []),
    ],
    datasets: [data.name],
    ...(evaluation && {
      metrics: ids,
      'model-index': [
        {
          name: `${name} ${version}`,
          results: [
            {
              task: { type: task },
              dataset: { type: data.name, name: data.name, split: 'train', revision: data.sha256 },
              metrics: metrics.flatMap((metric) => {
                const score = metric.of(evaluation.model);
                if (!metric.id || !score) return [];
                const label = `${metric.name}, ${protocolOf(evaluation, data)}: ${written(metric, evaluation.model)}`;
                return [{ type: metric.id, value: Number(score.mean.toFixed(4)), name: label }];
              }),
            },
          ],
        },
      ],
    }),
  };
  return `---\n${stringify(fields, { lineWidth: 0 })}---`;
}

/** Whether the card has texts in Portuguese. */
const hasPortuguese = (manifest: Manifest) => portugueseSection(manifest) !== '';

function licence(stated: Manifest['data']['licence']): Record<string, string> {
  if (!stated) return {};
  const { name, path } = stated;
  const id = name.toLowerCase();
  return known.test(id)
    ? { license: id }
    : { license: 'other', license_name: name, ...(path && { license_link: path }) };
}
