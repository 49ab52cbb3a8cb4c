/** What a change of the repository sets in motion. */
export type Stage = 'train' | 'api' | 'web' | 'tools' | 'models' | 'gateway';

/** Files that nothing of what runs is made of. */
const idle = [/\.test\.tsx?$/, /\.md$/, /(^|\/)(testing|fuzz|browser)\//];

/** What the images share: the versions of everything that is installed, and how they are built. */
const build = [
  /^(package\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|\.pnpmfile\.cjs|tsconfig\.json|\.dockerignore)$/,
  /^(artifact|training|api|web|bench|deploy)\/package\.json$/,
];

/** What a new model is made of; the gate then decides whether it is any better. */
const training = [/^data\//, /^training\/src\/(?!cli\/)/];

const causes: Record<Stage, readonly RegExp[]> = {
  train: training,
  // the API's image carries the models, those that this very delivery trains too
  api: [/^api\//, /^models\//, ...training, /^artifact\//, /^Dockerfile\.api$/, ...build],
  web: [/^web\//, /^artifact\//, /^Dockerfile\.web$/, ...build],
  tools: [/^training\//, /^data\//, /^artifact\//, /^Dockerfile\.api$/, ...build],
  models: [/^models\//],
  gateway: [/^deploy\/gateway\//, /^docker-compose\.yml$/],
};

/** @returns what has to be done for these files, named from the root of the repository; all of it where they are not known */
export function stagesOf(changed: readonly string[] | undefined): Stage[] {
  const stages = Object.keys(causes) as Stage[];
  if (!changed) return stages;
  const counting = changed.filter((file) => !idle.some((pattern) => pattern.test(file)));
  return stages.filter((stage) => counting.some((file) => causes[stage].some((cause) => cause.test(file))));
}
