import { AwsError } from '../../aws/error.ts';

/** Everything in an API's configuration that AppSync would refuse to deploy, each with the Terraform address at fault. */
export class DeploymentRefused extends AwsError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super('BadRequestException', problems.join('\n'));
    this.problems = problems;
  }
}
