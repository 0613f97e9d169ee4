/** What the page needs beside `/config.json`; served at `/console/setup.json`. */
export interface ConsoleSetup {
  readonly operations: readonly ExampleOperation[];
  readonly signIn: {
    readonly users: readonly { readonly username: string; readonly label: string }[];
    readonly password: string;
  } | null;
}

export interface ExampleOperation {
  readonly name: string;
  readonly kind: string;
  readonly document: string;
  /** JSON text for the variables editor. */
  readonly variables: string;
}

export interface Configuration {
  readonly endpoint: string;
  readonly realtimeUrl: string;
  readonly apiKey: string | null;
  readonly userPoolClientId: string | null;
  readonly awsEndpoint: string;
}
