import { Duration } from 'aws-cdk-lib';
import { BuildSpec, LinuxBuildImage, PipelineProject } from 'aws-cdk-lib/aws-codebuild';
import { Repository } from 'aws-cdk-lib/aws-codecommit';
import { Artifact, Pipeline, PipelineType } from 'aws-cdk-lib/aws-codepipeline';
import {
  CodeBuildAction,
  CodeCommitSourceAction,
  CodeDeployServerDeployAction,
} from 'aws-cdk-lib/aws-codepipeline-actions';
import { Construct } from 'constructs';
import type { Delivery } from './delivery.ts';
import type { Images } from './images.ts';

/** From a push to CodeCommit's main branch to production: source → buildspec.yml → appspec.yml. One execution at a time. */
export class CodePipeline extends Construct {
  constructor(scope: Construct, id: string, { delivery, images }: { delivery: Delivery; images: Images }) {
    super(scope, id);
    const repository = new Repository(this, 'Repository', { repositoryName: 'hearth' });
    const [source, build] = [new Artifact('source'), new Artifact('build')];
    const project = new PipelineProject(this, 'Build', {
      buildSpec: BuildSpec.fromSourceFilename('buildspec.yml'),
      environment: { buildImage: LinuxBuildImage.AMAZON_LINUX_2023_5, privileged: true }, // docker build
      environmentVariables: { IMAGES: { value: images.prefix } },
      timeout: Duration.minutes(30),
    });
    images.grantPullPush(project);
    delivery.deployed.grantRead(project);
    repository.grantPull(project); // the whole history, to find what has changed

    new Pipeline(this, 'Pipeline', {
      pipelineName: 'hearth',
      pipelineType: PipelineType.V1, // the only type in which a newer execution replaces a waiting one
      crossAccountKeys: false,
      stages: [
        {
          stageName: 'Source',
          actions: [
            new CodeCommitSourceAction({
              actionName: 'Push',
              repository,
              branch: 'main',
              output: source,
              codeBuildCloneOutput: true,
            }),
          ],
        },
        {
          stageName: 'Build',
          actions: [new CodeBuildAction({ actionName: 'Build', project, input: source, outputs: [build] })],
        },
        {
          stageName: 'Deploy',
          actions: [
            new CodeDeployServerDeployAction({
              actionName: 'Deploy',
              input: build,
              deploymentGroup: delivery.group,
            }),
          ],
        },
      ],
    });
  }
}
