/** Which stages a change of the repository needs. */
export type Stage = 'train' | 'api' | 'web' | 'tools' | 'models' | 'gateway';

/** Files that are in no image. */
const idle = [/\.test\.tsx?$/, /\.md$/, /(^|\/)(testing|fuzz|browser)\//];

/** Files that all images depend on: the installed versions, and how images are built. */
const build = [
  /^(package\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|\.pnpmfile\.cjs|tsconfig\.json|\.dockerignore)$/,
  /^(artifact|training|api|web|bench|deploy|pack)\/package\.json$/,
];

/** Files that a new model depends on. The gate decides whether it is better. */
const training = [/^data\//, /^training\/src\/(?!cli\/)/];

const causes: Record<Stage, readonly RegExp[]> = {
  train: training,
  // the image of the API contains the models, also those that this delivery trains
  api: [/^api\//, /^models\//, ...training, /^artifact\//, /^Dockerfile\.api$/, ...build],
  web: [/^web\//, /^artifact\//, /^Dockerfile\.web$/, ...build],
  tools: [/^training\//, /^data\//, /^artifact\//, /^Dockerfile\.api$/, ...build],
  models: [/^models\//],
  gateway: [/^deploy\/gateway\//, /^docker-compose\.yml$/],
};

/** @returns the stages for these files, named from the root of the repository; all stages if the files are unknown */
export function stagesOf(changed: readonly string[] | undefined): Stage[] {
  const stages = Object.keys(causes) as Stage[];
  if (!changed) return stages;
  const counting = changed.filter((file) => !idle.some((pattern) => pattern.test(file)));
  return stages.filter((stage) => counting.some((file) => causes[stage].some((cause) => cause.test(file))));
}
