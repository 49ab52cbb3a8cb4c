import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  InstanceTagSet,
  ServerApplication,
  ServerDeploymentConfig,
  ServerDeploymentGroup,
} from 'aws-cdk-lib/aws-codedeploy';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { Images } from './images.ts';
import { type Machine, machineTag } from './machine.ts';

/** Delivers a revision to the machine: a bucket, CodeDeploy with appspec.yml, and a parameter with the revision in production. */
export class Delivery extends Construct {
  readonly revisions: Bucket;
  readonly group: ServerDeploymentGroup;
  /** The commit in production; the machine writes it after it has verified the release. */
  readonly deployed: StringParameter;

  constructor(scope: Construct, id: string, { machine, images }: { machine: Machine; images: Images }) {
    super(scope, id);
    this.revisions = new Bucket(this, 'Revisions', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(90) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.group = new ServerDeploymentGroup(this, 'Group', {
      application: new ServerApplication(this, 'Application', { applicationName: 'hearth' }),
      deploymentGroupName: 'hearth',
      ec2InstanceTags: new InstanceTagSet({ [machineTag.key]: [machineTag.value] }),
      deploymentConfig: ServerDeploymentConfig.ALL_AT_ONCE,
      installAgent: false,
      // deploy/rollout itself restores the old release on a failure
      autoRollback: { failedDeployment: false },
    });
    this.deployed = new StringParameter(this, 'Deployed', {
      parameterName: '/hearth/revision',
      description: 'The commit in production',
      stringValue: 'none',
    });
    images.grantPull(machine.role);
    this.revisions.grantRead(machine.role);
    this.deployed.grantWrite(machine.role);
  }
}
