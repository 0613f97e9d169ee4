import { readFile } from 'node:fs/promises';
import sha256 from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';

/** The running local system, as a seed sees it: its API by tokens, Cognito and the control operations by the root key. */
export interface SeededSystem {
  readonly userPoolId: string;
  graphql<Data>(token: string, query: string, variables: object): Promise<Data>;
  cognito(operation: string, input: object): Promise<Record<string, unknown>>;
  /** `clock`, `idle`, `sign-in`: what the local system has and AWS has not. */
  control(operation: string, input: object): Promise<Record<string, unknown>>;
  /** An access token of the local clock's time. */
  signIn(username: string): Promise<string>;
}

interface ClientConfiguration {
  readonly endpoint: string;
  readonly awsEndpoint: string;
  readonly region: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
}

/** The service refused; `code` is AWS's name for it. */
export class Refused extends Error {
  readonly code: string;

  constructor(operation: string, code: string, message: string) {
    super(`${operation}: ${code}: ${message}`);
    this.name = 'Refused';
    this.code = code;
  }
}

export async function connect(configUrl: string, credentialsFile: string): Promise<SeededSystem> {
  const configuration = await fetchConfiguration(configUrl);
  const { endpoint, awsEndpoint, region, userPoolId, userPoolClientId } = configuration;
  const credentials = await readCredentials(credentialsFile);

  async function signed(
    service: string,
    path: string,
    body: string,
    headers: Record<string, string>,
  ): Promise<Record<string, unknown>> {
    const url = new URL(path, awsEndpoint);
    const signer = new SignatureV4({ credentials, region, service, sha256: sha256.Sha256 });
    const request = await signer.sign({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      port: Number(url.port),
      path,
      headers: { host: url.host, ...headers },
      body,
    });
    const response = await fetch(url, { method: 'POST', headers: request.headers, body });
    const answer = (await response.json()) as Record<string, unknown>;
    if (response.ok) return answer;
    throw new Refused(
      headers['x-amz-target'] ?? path,
      String(answer['__type'] ?? response.status),
      String(answer['message']),
    );
  }

  const control = (operation: string, input: object): Promise<Record<string, unknown>> =>
    signed('local', `/_local/${operation}`, JSON.stringify(input), { 'content-type': 'application/json' });

  return {
    userPoolId,
    control,
    cognito: (operation, input) =>
      signed('cognito-idp', '/', JSON.stringify(input), {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      }),
    async signIn(username) {
      const { AccessToken } = await control('sign-in', {
        UserPoolId: userPoolId,
        ClientId: userPoolClientId,
        Username: username,
      });
      return String(AccessToken);
    },
    async graphql<Data>(token: string, query: string, variables: object) {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: token },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await response.json()) as { data: Data; errors?: { message: string }[] };
      if (errors?.[0]) throw new Error(errors[0].message);
      return data;
    },
  };
}

async function fetchConfiguration(url: string): Promise<ClientConfiguration> {
  try {
    const response = await fetch(url);
    return (await response.json()) as ClientConfiguration;
  } catch (cause) {
    throw new Error(`There is no local system at ${url}. Start it with "npm start", or name it with --config URL.`, {
      cause,
    });
  }
}

async function readCredentials(file: string): Promise<{ accessKeyId: string; secretAccessKey: string }> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
  if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey };
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(
      `${file} cannot be read. It is in the data folder of the local system; name it with --credentials FILE.`,
      { cause },
    );
  });
  const setting = (name: string): string => new RegExp(`^${name}\\s*=\\s*(\\S+)`, 'm').exec(text)?.[1] ?? '';
  return { accessKeyId: setting('aws_access_key_id'), secretAccessKey: setting('aws_secret_access_key') };
}
