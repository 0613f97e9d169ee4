/** Shown to the person: whoever sent the browser here is not known to be the application, and is told nothing. */
export class PageRefusal extends Error {
  override readonly name = 'PageRefusal';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Told to the application at its redirect URI, as OAuth wants it (RFC 6749 4.1.2.1). */
export class ClientRefusal extends Error {
  override readonly name = 'ClientRefusal';
  readonly location: string;

  constructor(
    { redirectUri, state }: { readonly redirectUri: string; readonly state: string | undefined },
    code: string,
    description?: string,
  ) {
    super(description ?? code);
    this.location = withParameters(redirectUri, { error: code, error_description: description, state });
  }
}

/** An error of the token endpoint (RFC 6749 5.2). */
export class TokenRefusal extends Error {
  override readonly name = 'TokenRefusal';
  readonly code: string;

  constructor(code: string, description?: string) {
    super(description ?? code);
    this.code = code;
  }
}

/** The address with these parameters added; what it has already stays. */
export function withParameters(address: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url.href;
}
