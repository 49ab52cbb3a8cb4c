import { ConfigError } from '../server/config-error.ts';

/** The port that SageMaker asks, unless it names another. */
export const sagemakerPort = '8080';

/** Megabytes of a body where SageMaker does not say; its default for Batch Transform. */
const defaultMegabytes = 6;
/** What SageMaker's 0, for no limit, is taken as: its largest payload. */
const mostMegabytes = 100;

/**
 * The settings of a container that Amazon SageMaker starts with the argument `serve`: port 8080, or the one that SageMaker
 * sets, and the folder into which it unpacks model.tar.gz. The image's own settings do not apply.
 *
 * Batch Transform sends bodies of SAGEMAKER_MAX_PAYLOAD_IN_MB, SAGEMAKER_MAX_CONCURRENT_TRANSFORMS of them at a time, and fails if one is
 * refused: there, requests wait and none is shed. A setting of Hearth's own is stronger.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html, …/your-algorithms-batch-code.html
 * @throws ConfigError
 */
export function sagemakerEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const megabytes = readCount(env, 'SAGEMAKER_MAX_PAYLOAD_IN_MB') ?? defaultMegabytes;
  const transforms = readCount(env, 'SAGEMAKER_MAX_CONCURRENT_TRANSFORMS');
  const isBatch = env.SAGEMAKER_BATCH === 'true' || transforms !== undefined;
  return {
    BODY_BYTES: String((megabytes || mostMegabytes) * 2 ** 20),
    BODY_SECONDS: '60', // SageMaker's own limit for an answer
    ANSWER_SECONDS: isBatch ? '600' : '60',
    ...(isBatch && { SHED_AFTER_MS: '0' }),
    ...env,
    PORT: env.SAGEMAKER_BIND_TO_PORT || sagemakerPort,
    MODELS: env.SM_MODEL_DIR || '/opt/ml/model',
  };
}

function readCount(env: NodeJS.ProcessEnv, name: string): number | undefined {
  const text = env[name];
  if (!text) return undefined;
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new ConfigError(`${name} is "${text}"; it takes a whole number`);
}
