import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Repository, TagMutability } from 'aws-cdk-lib/aws-ecr';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** Page, API and command line; deploy/pipeline/images.sh pushes them. */
const names = ['hearth-api', 'hearth-web', 'hearth'] as const;

/** A registry for each image. A tag is a commit and never changes; old images are removed after a year. */
export class Images extends Construct {
  /** The prefix of the image names. */
  readonly prefix: string;
  private readonly repositories: Repository[];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.repositories = names.map(
      (name) =>
        new Repository(this, name, {
          repositoryName: `hearth/${name}`,
          imageTagMutability: TagMutability.IMMUTABLE,
          imageScanOnPush: true,
          lifecycleRules: [{ maxImageAge: Duration.days(365) }],
          removalPolicy: RemovalPolicy.RETAIN,
        }),
    );
    this.prefix = this.repositories[0].repositoryUri.replace(/\/hearth-api$/, '');
  }

  grantPull(grantee: IGrantable): void {
    for (const repository of this.repositories) repository.grantPull(grantee);
  }

  grantPullPush(grantee: IGrantable): void {
    for (const repository of this.repositories) repository.grantPullPush(grantee);
  }
}
