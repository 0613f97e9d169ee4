/** Permissions that AWS asks for and a laptop does not, or that no test can make use of. */
export const exceptions: readonly { readonly pattern: RegExp; readonly reason: string }[] = [];
