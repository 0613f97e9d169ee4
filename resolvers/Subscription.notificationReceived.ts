import { extensions } from '@aws-appsync/utils';
import type { FieldContext } from './shared/context.ts';
import { globalId } from './shared/globalId.ts';
import { viewerId } from './shared/identity.ts';

export function request() {
  return { payload: null };
}

export function response(ctx: FieldContext) {
  const value = globalId('User', [viewerId(ctx.identity)]);
  extensions.setSubscriptionFilter({
    filterGroup: [{ filters: [{ fieldName: 'recipient.id', operator: 'eq', value }] }],
  });
  return null;
}
