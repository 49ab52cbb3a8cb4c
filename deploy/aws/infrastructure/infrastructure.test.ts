import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { Endpoint } from './endpoint.ts';
import { Production, type Source } from './production.ts';

const env = { account: '111111111111', region: 'sa-east-1' };
/** CloudFormation's own checks count as errors. The one lookup that would need AWS gets a fixed answer. */
const app = () =>
  new App({
    context: {
      '@aws-cdk/core:validateAgainstDefaultRules': true,
      'ssm:account=111111111111:parameterName=/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64:region=sa-east-1':
        'ami-0123456789abcdef0',
    },
  });
const production = (source: Source) => Template.fromStack(new Production(app(), 'hearth', { source, env }));
const codecommit = production({ from: 'codecommit' });
const github = production({ from: 'github', repository: 'someone/hearth' });
const endpoint = Template.fromStack(
  new Endpoint(app(), 'endpoint', { tag: 'abc', bucket: 'models', key: 'model.tar.gz', env }),
);

describe('the machine', () => {
  test('is open on ports 80 and 443 and no other', () => {
    const groups = Object.values(codecommit.findResources('AWS::EC2::SecurityGroup'));
    const ports = groups.flatMap(({ Properties }) => Properties.SecurityGroupIngress ?? []);
    expect(ports.map(({ FromPort, ToPort }) => [FromPort, ToPort])).toEqual([
      [80, 80],
      [443, 443],
    ]);
  });

  test('has an encrypted disk that outlives it, and metadata that need a token', () => {
    codecommit.hasResourceProperties('AWS::EC2::Instance', {
      BlockDeviceMappings: [
        Match.objectLike({ Ebs: Match.objectLike({ Encrypted: true, DeleteOnTermination: false }) }),
      ],
    });
    codecommit.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required' } },
    });
  });

  test('may pull images, read revisions and store the revision in production', () => {
    const actions = actionsOf(codecommit, /^MachineRole/);
    expect(actions).toContain('ecr:BatchGetImage');
    expect(actions).toContain('s3:GetObject*');
    expect(actions).toContain('ssm:PutParameter');
    for (const action of actions) expect(action).not.toMatch(/^(ecr:Put|s3:Put|s3:Delete|iam:|\*)/);
  });
});

describe('exactly one delivers', () => {
  test('AWS CodePipeline: source, build, deploy', () => {
    codecommit.hasResourceProperties('AWS::CodePipeline::Pipeline', {
      Stages: ['Source', 'Build', 'Deploy'].map((Name) => Match.objectLike({ Name })),
    });
    codecommit.resourceCountIs('AWS::IAM::OIDCProvider', 0);
    codecommit.hasResourceProperties('AWS::CodeBuild::Project', {
      Source: Match.objectLike({ BuildSpec: 'buildspec.yml' }),
      Environment: Match.objectLike({ PrivilegedMode: true }),
    });
  });

  test('or GitHub, from the main branch of one repository', () => {
    github.resourceCountIs('AWS::IAM::OIDCProvider', 1);
    github.resourceCountIs('AWS::CodePipeline::Pipeline', 0);
    github.resourceCountIs('AWS::CodeBuild::Project', 0);
    const [role] = Object.entries(github.findResources('AWS::IAM::Role')).flatMap(([name, { Properties }]) =>
      name.startsWith('GithubRole') ? Properties : [],
    );
    const [{ Condition, Action }] = role.AssumeRolePolicyDocument.Statement;
    expect(Action).toBe('sts:AssumeRoleWithWebIdentity');
    expect(Condition.StringEquals['token.actions.githubusercontent.com:sub']).toEqual([
      'repo:someone/hearth:ref:refs/heads/main',
      'repo:someone/hearth:environment:production',
    ]);
  });
});

describe.each([
  ['AWS CodePipeline', codecommit, /^Pipeline.*Build/],
  ['GitHub', github, /^GithubRole/],
] as const)('where %s delivers', (_, template, builder) => {
  test('no role has a wildcard action, or a wildcard resource except to log in to the registry', () => {
    const statements = statementsOf(template, /./);
    expect(statements.length).toBeGreaterThan(10);
    for (const { Action, Resource } of statements) {
      const actions = [Action].flat();
      for (const action of actions) expect(action).not.toMatch(/^\*|:\*$/);
      if (Resource === '*') expect(actions).toEqual(['ecr:GetAuthorizationToken']);
    }
  });

  test('the build role may push images, and may not change the revision in production', () => {
    const actions = actionsOf(template, builder);
    expect(actions).toContain('ecr:PutImage');
    expect(actions).toContain('ssm:GetParameter');
    for (const action of actions) expect(action).not.toMatch(/^(iam:|ssm:Put|ecr:Delete)/);
  });

  test('no role has a managed policy except those of Systems Manager and CodeDeploy', () => {
    const roles = Object.values(template.findResources('AWS::IAM::Role'));
    const taken = JSON.stringify(roles.flatMap(({ Properties }) => Properties.ManagedPolicyArns ?? []));
    const policies = taken.match(/(?<=:iam::aws:policy\/)[\w/-]+/g)?.sort();
    expect(policies).toEqual(['AmazonSSMManagedInstanceCore', 'service-role/AWSCodeDeployRole']);
  });
});

test('images are tagged with their commit, immutable and scanned', () => {
  codecommit.resourceCountIs('AWS::ECR::Repository', 3);
  codecommit.allResourcesProperties('AWS::ECR::Repository', {
    ImageTagMutability: 'IMMUTABLE',
    ImageScanningConfiguration: { ScanOnPush: true },
  });
});

test('revisions are private', () => {
  codecommit.allResourcesProperties('AWS::S3::Bucket', {
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  });
});

describe('the SageMaker endpoint', () => {
  test('shifts a tenth of the requests first, and goes back on errors', () => {
    endpoint.hasResourceProperties('AWS::SageMaker::Endpoint', {
      DeploymentConfig: {
        BlueGreenUpdatePolicy: Match.objectLike({
          TrafficRoutingConfiguration: Match.objectLike({
            Type: 'CANARY',
            CanarySize: { Type: 'CAPACITY_PERCENT', Value: 10 },
          }),
        }),
        AutoRollbackConfiguration: { Alarms: [{ AlarmName: Match.anyValue() }] },
      },
    });
    endpoint.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'Invocation5XXErrors',
      Threshold: 0,
    });
  });

  test('runs the image without network, on two instances', () => {
    endpoint.hasResourceProperties('AWS::SageMaker::Model', { EnableNetworkIsolation: true });
    endpoint.hasResourceProperties('AWS::SageMaker::EndpointConfig', {
      ProductionVariants: [Match.objectLike({ InitialInstanceCount: 2 })],
    });
  });
});

interface Statement {
  Action: string | string[];
  Resource: unknown;
}

/** The statements in the policies of a role. */
function statementsOf(template: Template, role: RegExp): Statement[] {
  return Object.values(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) =>
    Properties.Roles.some(({ Ref }: { Ref: string }) => role.test(Ref))
      ? Properties.PolicyDocument.Statement
      : [],
  );
}

const actionsOf = (template: Template, role: RegExp): string[] =>
  statementsOf(template, role).flatMap(({ Action }) => Action);
