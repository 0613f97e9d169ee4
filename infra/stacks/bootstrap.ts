import type { Construct } from '../aws.ts';
import type { Config } from '../config.ts';
import { bucket } from '../constructs/bucket.ts';
import { deploymentRoles } from '../constructs/deploymentRoles.ts';
import { readableOverTls } from '../constructs/tlsOnly.ts';
import { Stack } from './stack.ts';

const KEEP_OLD_STATES_DAYS = 365;

/**
 * What deployments need before there is anything to deploy: the bucket of Terraform's state, and the roles that GitHub's
 * workflows take. Its own state begins in a file, which `npm run bootstrap` moves into the bucket.
 */
export class BootstrapStack extends Stack {
  constructor(scope: Construct, config: Config, stateBucket: string) {
    super(scope, 'bootstrap', config);
    const states = bucket(this, 'terraform_state', {
      name: stateBucket,
      keepReplacedDays: KEEP_OLD_STATES_DAYS,
      // Without the state, Terraform would make everything a second time.
      preventDestroy: true,
    });
    readableOverTls(this, 'terraform_state', states);
    if (config.repository) {
      const { plan, apply } = deploymentRoles(this, { repository: config.repository, states });
      this.output('plan_role_arn', plan.arn);
      this.output('apply_role_arn', apply.arn);
    }
    this.output('state_bucket', states.bucket);
  }
}
