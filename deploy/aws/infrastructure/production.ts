import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CodePipeline } from './codepipeline.ts';
import { Delivery } from './delivery.ts';
import { GithubRole } from './github.ts';
import { Images } from './images.ts';
import { Machine } from './machine.ts';

/** The pipeline: exactly one, because two deliveries could overlap. */
export type Source = { from: 'codecommit' } | { from: 'github'; repository: string };

/** Machine, registry, build, deployment and pipeline of one Hearth. */
export class Production extends Stack {
  constructor(scope: Construct, id: string, { source, ...props }: StackProps & { source: Source }) {
    super(scope, id, props);
    const images = new Images(this, 'Images');
    const machine = new Machine(this, 'Machine');
    const delivery = new Delivery(this, 'Delivery', { machine, images });
    if (source.from === 'codecommit') new CodePipeline(this, 'Pipeline', { delivery, images });
    else {
      const { arn } = new GithubRole(this, 'Github', { repository: source.repository, delivery, images });
      // the variables of the repository
      new CfnOutput(this, 'AWSROLE', { value: arn });
      new CfnOutput(this, 'REVISIONS', { value: delivery.revisions.bucketName });
    }
    new CfnOutput(this, 'IMAGES', { value: images.prefix });
    new CfnOutput(this, 'SITE', { value: `http://${machine.address}` });
  }
}
