import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnEndpoint, CfnEndpointConfig, CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';

interface EndpointProps extends StackProps {
  /** Tag of hearth/hearth-api: a commit. */
  tag: string;
  /** Where the `model.tar.gz` of `hearth export --sagemaker` is. */
  bucket: string;
  key: string;
}

const endpointName = 'hearth';
const variantName = 'production';

/**
 * A SageMaker endpoint. A new image or model starts beside the old one, gets a tenth of the requests for five minutes, then all of them. If it
 * answers with errors, it is taken back.
 */
export class Endpoint extends Stack {
  constructor(scope: Construct, id: string, { tag, bucket: bucketName, key, ...props }: EndpointProps) {
    super(scope, id, props);
    const repository = Repository.fromRepositoryName(this, 'Image', 'hearth/hearth-api');
    const bucket = Bucket.fromBucketName(this, 'Models', bucketName);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    repository.grantPull(role);
    bucket.grantRead(role, key);
    role.addToPolicy(
      new PolicyStatement({
        actions: ['cloudwatch:PutMetricData'],
        resources: ['*'], // this action has no resources
        conditions: { StringLike: { 'cloudwatch:namespace': '/aws/sagemaker/*' } },
      }),
    );

    const model = new CfnModel(this, 'Model', {
      executionRoleArn: role.roleArn,
      enableNetworkIsolation: true, // it opens no connections
      primaryContainer: {
        image: repository.repositoryUriForTag(tag),
        modelDataUrl: bucket.s3UrlForObject(key),
      },
    });
    model.node.addDependency(role);
    const config = new CfnEndpointConfig(this, 'Config', {
      productionVariants: [
        {
          variantName,
          modelName: model.attrModelName,
          instanceType: 'ml.t2.medium',
          initialInstanceCount: 2,
          initialVariantWeight: 1,
        },
      ],
    });
    const errors = new Alarm(this, 'Errors', {
      alarmDescription: 'The endpoint answers with errors: a running deployment is rolled back',
      metric: new Metric({
        namespace: 'AWS/SageMaker',
        metricName: 'Invocation5XXErrors',
        dimensionsMap: { EndpointName: endpointName, VariantName: variantName },
        statistic: 'Sum',
        period: Duration.minutes(1),
      }),
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    new CfnEndpoint(this, 'Endpoint', {
      endpointName,
      endpointConfigName: config.attrEndpointConfigName,
      deploymentConfig: {
        blueGreenUpdatePolicy: {
          trafficRoutingConfiguration: {
            type: 'CANARY',
            canarySize: { type: 'CAPACITY_PERCENT', value: 10 },
            waitIntervalInSeconds: 300,
          },
          terminationWaitInSeconds: 60,
          maximumExecutionTimeoutInSeconds: 1800,
        },
        autoRollbackConfiguration: { alarms: [{ alarmName: errors.alarmName }] },
      },
    });
  }
}
