import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { OidcProviderNative, PolicyStatement, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Delivery } from './delivery.ts';
import type { Images } from './images.ts';

const issuer = 'token.actions.githubusercontent.com';

/** The permissions of .github/workflows/deliver.yml on the main branch of one repository, without a secret. */
export class GithubRole extends Construct {
  readonly arn: string;

  /** @param repository `owner/name` */
  constructor(
    scope: Construct,
    id: string,
    { repository, delivery, images }: { repository: string; delivery: Delivery; images: Images },
  ) {
    super(scope, id);
    const provider = new OidcProviderNative(this, 'Provider', {
      url: `https://${issuer}`,
      clientIds: ['sts.amazonaws.com'],
    });
    const role = new Role(this, 'Role', {
      maxSessionDuration: Duration.hours(1),
      assumedBy: new WebIdentityPrincipal(provider.oidcProviderArn, {
        StringEquals: {
          [`${issuer}:aud`]: 'sts.amazonaws.com',
          // a job of the branch, and a job of the environment that deploys
          [`${issuer}:sub`]: [
            `repo:${repository}:ref:refs/heads/main`,
            `repo:${repository}:environment:production`,
          ],
        },
      }),
    });
    this.arn = role.roleArn;
    images.grantPullPush(role);
    delivery.revisions.grantPut(role);
    delivery.deployed.grantRead(role);
    const { application, deploymentGroupArn, deploymentConfig } = delivery.group;
    role.addToPolicy(
      new PolicyStatement({
        actions: ['codedeploy:CreateDeployment', 'codedeploy:GetDeployment'],
        resources: [deploymentGroupArn],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ['codedeploy:RegisterApplicationRevision', 'codedeploy:GetApplicationRevision'],
        resources: [application.applicationArn],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ['codedeploy:GetDeploymentConfig'],
        resources: [
          Stack.of(this).formatArn({
            service: 'codedeploy',
            resource: 'deploymentconfig',
            resourceName: deploymentConfig.deploymentConfigName,
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        ],
      }),
    );
  }
}
