/** The port that SageMaker asks, unless it names another. */
export const sagemakerPort = '8080';

/**
 * The settings of a container that Amazon SageMaker starts with the argument `serve`: port 8080, or the one that SageMaker
 * sets, and the folder into which it unpacks model.tar.gz. The image's own settings do not apply.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html
 */
export const sagemakerEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...env,
  PORT: env.SAGEMAKER_BIND_TO_PORT || sagemakerPort,
  MODELS: env.SM_MODEL_DIR || '/opt/ml/model',
});
