import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sha256 } from '@aws-crypto/sha256-js';
import { GetObjectCommand, PutObjectCommand, type S3ServiceException } from '@aws-sdk/client-s3';
import { SignatureV4 } from '@smithy/signature-v4';
import { onTestFinished } from 'vitest';
import type { AccessKey } from '../../src/aws/credentials.ts';
import type { JsonObject } from '../../src/json.ts';
import { type RawRequest, send } from '../aws/support.ts';
import { REGION, startStore, type Store, type Terraform } from './store.ts';

export { DAY, type SentEvent, START, type Store, type Terraform } from './store.ts';

/** A store until the end of the test, in a folder of its own unless one is given. */
export async function openStore(
  terraform: Terraform = {},
  { folder, files }: { folder?: string; files?: Readonly<Record<string, string>> } = {},
): Promise<Store> {
  const store = await startStore(terraform, { folder: folder ?? newFolder(), ...(files ? { files } : {}) });
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= store.close());
  onTestFinished(close);
  return { ...store, close };
}

/** Removed at the end of the test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hiroba-s3-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A role that a Lambda function would have, with one policy. */
export function roleWith(name: string, ...statements: readonly JsonObject[]): Terraform {
  return {
    aws_iam_role: {
      [name]: {
        name,
        assume_role_policy: policy({
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: 'sts:AssumeRole',
        }),
      },
    },
    aws_iam_role_policy: { [name]: { name, role: name, policy: policy(...statements) } },
  };
}

export const policy = (...statements: readonly JsonObject[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** What a request of the SDK comes to: its status, and the code when it was refused. */
export async function outcome(request: Promise<{ $metadata: { httpStatusCode?: number } }>): Promise<string> {
  try {
    const { $metadata } = await request;
    return String($metadata.httpStatusCode);
  } catch (error) {
    const { name, $metadata } = error as S3ServiceException;
    return `${$metadata?.httpStatusCode} ${name}`;
  }
}

/** Puts an object and returns its ETag without quotes. */
export async function put(
  { root }: Pick<Store, 'root'>,
  Key: string,
  Body = 'content',
  Bucket = 'pictures',
): Promise<string> {
  const { ETag = '' } = await root.send(new PutObjectCommand({ Bucket, Key, Body }));
  return ETag.replaceAll('"', '');
}

/** An object's content as text. */
export async function read({ root }: Pick<Store, 'root'>, Key: string, Bucket = 'pictures'): Promise<string> {
  const { Body } = await root.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToString()) ?? '';
}

/** How many files the contents of all objects and parts lie in. */
export const filesOf = ({ folder }: Pick<Store, 'folder'>): number =>
  readdirSync(join(folder, 'objects'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .length;

/** An answer of S3 outside of its SDK. */
export interface XmlAnswer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
  /** Of an error document. */
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** The text of the first element with that name. */
export function elementOf(text: string, name: string): string | undefined {
  const found = new RegExp(`<${name}>([^]*?)</${name}>`).exec(text)?.[1];
  return found?.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

const answered = (status: number, headers: XmlAnswer['headers'], text: string): XmlAnswer => ({
  status,
  headers,
  text,
  code: elementOf(text, 'Code'),
  message: elementOf(text, 'Message'),
});

export async function answerOf(pending: Promise<Response>): Promise<XmlAnswer> {
  const response = await pending;
  return answered(response.status, Object.fromEntries(response.headers), await response.text());
}

/** Plain `node:http`: the path goes out as it is, with `..` and the like. */
export async function raw(store: Pick<Store, 'port'>, request: RawRequest): Promise<XmlAnswer> {
  const { status, headers, text } = await send(store.port, { method: 'GET', ...request });
  return answered(status, headers, text);
}

export interface Signing {
  readonly key?: AccessKey;
  readonly region?: string;
  readonly service?: string;
  readonly date?: Date;
}

/** The headers of a request with a signature by AWS's own signer. */
export async function signedHeaders(
  { port, rootKey }: Pick<Store, 'port' | 'rootKey'>,
  { method = 'GET', path = '/', headers = {}, body = '' }: RawRequest,
  { key = rootKey, region = REGION, service = 's3', date = new Date() }: Signing = {},
): Promise<Record<string, string>> {
  const signer = new SignatureV4({ service, region, credentials: key, sha256: Sha256, uriEscapePath: false });
  const [pathname = '', query = ''] = path.split('?');
  const signed = await signer.sign(
    {
      method,
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: pathname,
      query: Object.fromEntries(new URLSearchParams(query)),
      headers: { host: `127.0.0.1:${port}`, ...(headers as Record<string, string>) },
      body,
    },
    { signingDate: date },
  );
  return signed.headers;
}

export async function sendSigned(store: Store, request: RawRequest, signing?: Signing): Promise<XmlAnswer> {
  return raw(store, { ...request, headers: await signedHeaders(store, request, signing) });
}
