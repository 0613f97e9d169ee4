import { readFile } from 'node:fs/promises';
import {
  CognitoIdentityProviderClient,
  CognitoIdentityProviderServiceException,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { BadOption } from '../badOption.ts';
import { discover } from './discover.ts';
import type { Square } from './square.ts';

/** `config.json` of a local system, or a file of that shape for one on AWS. */
interface Configuration {
  readonly endpoint: string;
  readonly region: string;
  readonly apiKey: string | null;
  readonly userPoolClientId: string | null;
  /** Absent: AWS itself. */
  readonly awsEndpoint?: string;
}

interface People {
  readonly password: string;
  readonly users: readonly { readonly username: string }[];
}

export interface Running {
  /** Of a system, `http://localhost:4000`, or of its `config.json`; or a file's path. */
  readonly endpoint: string;
  /** A JSON file of users who may sign in with a password. */
  readonly people: string;
  readonly hashtag: string;
}

/** Signs in at a system that runs already, and looks what is there. */
export async function findRunningSquare({ endpoint, people, hashtag }: Running, seed: string): Promise<Square> {
  const configuration = await configurationOf(endpoint);
  const { users, password } = await peopleOf(people);
  const { userPoolClientId: ClientId, region, awsEndpoint, apiKey } = configuration;
  if (!ClientId || !apiKey) throw new BadOption(`${endpoint} has no user pool client or no API key.`);
  const cognito = new CognitoIdentityProviderClient({
    region,
    // Signing in is not signed.
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    ...(awsEndpoint === undefined ? {} : { endpoint: awsEndpoint }),
  });
  try {
    const tokens: string[] = [];
    for (const { username } of users) {
      const AuthParameters = { USERNAME: username, PASSWORD: password };
      const command = new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
      const { AuthenticationResult } = await cognito.send(command);
      tokens.push(AuthenticationResult?.AccessToken ?? '');
    }
    return await discover({ endpoint: configuration.endpoint, apiKey, hashtag }, tokens, seed);
  } catch (error) {
    if (!(error instanceof CognitoIdentityProviderServiceException)) throw error;
    throw new BadOption(`Nobody of ${people} can sign in at ${endpoint}: ${error.message}`);
  } finally {
    cognito.destroy();
  }
}

async function configurationOf(endpoint: string): Promise<Configuration> {
  if (!/^https?:/.test(endpoint)) return (await jsonIn(endpoint, '--endpoint')) as Configuration;
  const url = endpoint.endsWith('.json') ? endpoint : new URL('/config.json', endpoint).href;
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return (await response.json()) as Configuration;
  } catch (error) {
    throw new BadOption(
      `${url} does not answer (${reasonOf(error)}). Start the system with npm start, or leave --endpoint out: load then starts one of its own.`,
    );
  }
}

async function peopleOf(path: string): Promise<People> {
  const people = (await jsonIn(path, '--people')) as Partial<People>;
  if (typeof people.password === 'string' && Array.isArray(people.users)) return people as People;
  throw new BadOption(`--people ${path} must be as seed/users.json: { "password": …, "users": [{ "username": … }] }.`);
}

async function jsonIn(path: string, flag: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new BadOption(`${flag} ${path} cannot be read: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : message;
}
