import { App } from 'aws-cdk-lib';
import { Endpoint } from './endpoint.ts';
import { Production, type Source } from './production.ts';

/**
 * npx aws-cdk deploy hearth --app 'node deploy/aws/infrastructure/app.ts' -c github=OWNER/NAME      (or -c codecommit)
 * npx aws-cdk deploy hearth-endpoint --app '…' -c tag=COMMIT -c bucket=BUCKET -c key=model.tar.gz
 */
const app = new App();
// the caller's account and region: the machine's image is looked up there, once
const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION };
const context = (name: string): string | undefined => app.node.tryGetContext(name);

const source = readSource(context('github'), context('codecommit'));
if (source) new Production(app, 'hearth', { source, env });
const [tag, bucket, key] = ['tag', 'bucket', 'key'].map(context);
if (tag && bucket && key) new Endpoint(app, 'hearth-endpoint', { tag, bucket, key, env });
if (app.node.children.length === 0)
  throw new Error(
    'nothing to deploy: set -c github=OWNER/NAME or -c codecommit=true, or -c tag=… -c bucket=… -c key=…',
  );

function readSource(github: string | undefined, codecommit: string | undefined): Source | undefined {
  if (github && codecommit)
    throw new Error('set github or codecommit, not both: two deliveries could overlap');
  if (github) return { from: 'github', repository: github };
  return codecommit ? { from: 'codecommit' } : undefined;
}
