import type { ErrorCode, UserError } from '../generated/schema.ts';
import type { Stash } from './context.ts';

/** Adds a user error. The pipeline's next step sees it and ends the pipeline: see `refused`. */
export function refuse(stash: Stash, code: ErrorCode, message: string, field: string[] | null): void {
  const userErrors: UserError[] = stash.userErrors ?? [];
  userErrors.push({ code, message, field });
  stash.userErrors = userErrors;
}

/** Whether an earlier step refused. Steps that write ask before anything else. */
export function refused(stash: Stash): boolean {
  return (stash.userErrors ?? []).length > 0;
}

export function refuseProfile(stash: Stash, profile: { status: string } | null | undefined): void {
  if (!profile) {
    refuse(stash, 'PROFILE_REQUIRED', 'Claim a handle first: there is no profile yet.', null);
  } else if (profile.status !== 'ACTIVE') {
    refuse(stash, 'ACCOUNT_NOT_ACTIVE', 'This account can read but no longer write.', null);
  }
}

/** For what would change a post that is in the archive alone. */
export function refuseArchived(stash: Stash, field: string[]): void {
  if (stash.post && stash.note) {
    const message = 'This post is in the archive: it can be read and deleted, but no longer liked or commented on.';
    refuse(stash, 'ARCHIVED', message, field);
  }
}
