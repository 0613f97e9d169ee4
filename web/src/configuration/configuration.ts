import type { ResourcesConfig } from 'aws-amplify';

/** `/config.json`, which is published beside the site. Nothing in it is secret. */
export interface Configuration {
  readonly amplify: ResourcesConfig;
  /** Who may be signed in as with one click; absent on AWS. */
  readonly seeded?: Seeded;
}

export interface Seeded {
  readonly password: string;
  readonly users: readonly { readonly username: string; readonly label: string }[];
}

export async function fetchConfiguration(): Promise<Configuration> {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`/config.json: ${response.status}`);
  return (await response.json()) as Configuration;
}
