import { AwsProvider } from '../aws.ts';
import { providerSettings, type Stack } from '../stacks/stack.ts';

export const US_EAST_1 = 'us-east-1';

/** To spread into the arguments of a resource. */
export interface ProviderChoice {
  readonly provider?: AwsProvider;
}

/**
 * The provider for what CloudFront takes from one Region only: certificates, web ACLs, log deliveries. A stage that is
 * there needs no second one.
 */
export function usEast1(stack: Stack): ProviderChoice {
  if (stack.config.region === US_EAST_1) return {};
  const settings = providerSettings(stack.config, US_EAST_1);
  return { provider: new AwsProvider(stack, 'us_east_1', { ...settings, alias: 'us_east_1' }) };
}
