import { extensions, util } from '@aws-appsync/utils';

export const request = () => ({ payload: null });

export function response(ctx) {
  const filter = util.transform.toSubscriptionFilter({
    or: [{ severity: { ge: 7 } }, { and: [{ topic: { eq: 'security' } }, { severity: { ge: ctx.args.from ?? 3 } }] }],
  });
  extensions.setSubscriptionFilter(filter);
  return null;
}
