/** The port that SageMaker asks, unless it names another. */
export const sagemakerPort = '8080';

/**
 * The settings of a container that Amazon SageMaker starts with the argument `serve`: port 8080, or the one it names, and the
 * model where it has unpacked model.tar.gz. What the image sets for itself does not count there.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html
 */
export const sagemakerEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...env,
  PORT: env.SAGEMAKER_BIND_TO_PORT || sagemakerPort,
  MODELS: env.SM_MODEL_DIR || '/opt/ml/model',
});
