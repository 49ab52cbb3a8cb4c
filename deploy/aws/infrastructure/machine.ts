import { Stack, Tags } from 'aws-cdk-lib';
import {
  BlockDeviceVolume,
  CfnEIP,
  Instance,
  InstanceClass,
  InstanceSize,
  InstanceType,
  MachineImage,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  UserData,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnAssociation } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';

/** What tells CodeDeploy which machine is meant. */
export const machineTag = { key: 'hearth', value: 'production' } as const;

/** One machine with Docker and nothing else, open on ports 80 and 443. Nobody logs in by SSH: Session Manager has no port. */
export class Machine extends Construct {
  readonly role: Role;
  readonly address: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const vpc = new Vpc(this, 'Network', {
      maxAzs: 1,
      natGateways: 0,
      subnetConfiguration: [{ name: 'public', subnetType: SubnetType.PUBLIC }],
    });
    const securityGroup = new SecurityGroup(this, 'Ports', { vpc, description: 'page and API' });
    for (const port of [80, 443]) securityGroup.addIngressRule(Peer.anyIpv4(), Port.tcp(port));

    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')],
    });
    const userData = UserData.forLinux();
    userData.addCommands('dnf install -y docker', 'systemctl enable --now docker');
    const instance = new Instance(this, 'Instance', {
      vpc,
      securityGroup,
      role: this.role,
      userData,
      instanceType: InstanceType.of(InstanceClass.T3, InstanceSize.SMALL),
      // the image of the day the machine is made: a newer one does not replace it, and what is in production on it stays
      machineImage: MachineImage.latestAmazonLinux2023({ cachedInContext: true }),
      requireImdsv2: true,
      blockDevices: [
        {
          deviceName: '/dev/xvda',
          volume: BlockDeviceVolume.ebs(20, { encrypted: true, deleteOnTermination: false }),
        },
      ],
    });
    Tags.of(instance).add(machineTag.key, machineTag.value);
    const address = new CfnEIP(this, 'Address', { instanceId: instance.instanceId });
    this.address = address.attrPublicIp;

    // CodeDeploy's agent, and later versions of it, by Systems Manager
    new CfnAssociation(this, 'Agent', {
      name: 'AWS-ConfigureAWSPackage',
      targets: [{ key: `tag:${machineTag.key}`, values: [machineTag.value] }],
      parameters: { action: ['Install'], name: ['AWSCodeDeployAgent'] },
      scheduleExpression: 'rate(7 days)',
    });
    Stack.of(this).tags.setTag('project', 'hearth');
  }
}
