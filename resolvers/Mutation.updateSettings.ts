import type { MutationUpdateSettingsArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { viewerId } from './shared/identity.ts';
import type { UserItem } from './shared/items.ts';
import { settleProfile, updateProfileItem } from './shared/profile.ts';
import { toSettings } from './shared/user.ts';

export function request(ctx: FieldContext<MutationUpdateSettingsArgs>) {
  const { language, digest, notifyLikes, notifyComments, notifyFollows } = ctx.args.input;
  const settings = { language, digest, notifyLikes, notifyComments, notifyFollows };
  return updateProfileItem(viewerId(ctx.identity), settings, []);
}

export function response(ctx: FieldContext<MutationUpdateSettingsArgs, UserItem | null>) {
  const profile = settleProfile(ctx, ctx.result);
  return { settings: profile ? toSettings(profile) : null, userErrors: ctx.stash.userErrors ?? [] };
}
