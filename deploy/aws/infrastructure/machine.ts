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

/** The tag by which CodeDeploy finds the machine. */
export const machineTag = { key: 'hearth', value: 'production' } as const;

/** One machine with only Docker, open on ports 80 and 443. There is no SSH: Session Manager needs no port. */
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
      // the newest image when the machine is created; a newer image does not replace the machine, so its models stay
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

    // Systems Manager installs and updates CodeDeploy's agent
    new CfnAssociation(this, 'Agent', {
      name: 'AWS-ConfigureAWSPackage',
      targets: [{ key: `tag:${machineTag.key}`, values: [machineTag.value] }],
      parameters: { action: ['Install'], name: ['AWSCodeDeployAgent'] },
      scheduleExpression: 'rate(7 days)',
    });
    Stack.of(this).tags.setTag('project', 'hearth');
  }
}
