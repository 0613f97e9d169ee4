import { extensions } from '@aws-appsync/utils';
import type { SubscriptionPhotoProcessedArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { fail, notFound } from './shared/errors.ts';
import { soleKeyOf } from './shared/globalId.ts';
import { viewerId } from './shared/identity.ts';
import type { PhotoItem } from './shared/items.ts';
import { getItem } from './shared/requests.ts';

type Ctx = FieldContext<SubscriptionPhotoProcessedArgs, PhotoItem | null>;

export function request(ctx: Ctx) {
  return getItem({ photoId: soleKeyOf('Photo', ctx.args.id, 'id') }, true);
}

export function response(ctx: Ctx) {
  if (ctx.error) {
    fail(ctx.error);
  }
  if (!ctx.result || ctx.result.ownerId !== viewerId(ctx.identity)) {
    notFound('photo');
  }
  const value = ctx.args.id;
  extensions.setSubscriptionFilter({ filterGroup: [{ filters: [{ fieldName: 'id', operator: 'eq', value }] }] });
  return null;
}
