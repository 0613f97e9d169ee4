import { text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { NotEmulated } from '../aws/error.ts';
import type { StreamedReply } from '../aws/streamedService.ts';
import type { AskAws } from '../services/appsync/index.ts';
import type { S3 } from '../services/s3/index.ts';

/**
 * AppSync's HTTP data sources before S3: the request is answered in process, and judged as a call of the data source's role.
 * What they send to any other service of AWS is refused, since its signature would be nobody's there.
 */
export function askingS3(s3: Pick<S3, 'ownsHost' | 'call'>): AskAws {
  return async ({ address, principal, host, body, ...request }) => {
    if (!s3.ownsHost(host)) {
      const instead = 'ask it through a Lambda data source, or ask S3';
      throw new NotEmulated(`an HTTP data source whose endpoint is ${host} (${address}; ${instead})`);
    }
    const reply = await s3.call({
      ...request,
      host,
      principal: principal ?? { arn: 'anonymous' },
      ...(body === undefined ? {} : { body }),
    });
    return { statusCode: reply.statusCode, headers: asSent(reply.headers), body: await textOf(reply.body) };
  };
}

/** AppSync hands headers on as S3 spells them. */
const SPELLED: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'Accept-Ranges Cache-Control Content-Disposition Content-Encoding Content-Language Content-Length Content-Range ' +
    'Content-Type ETag Expires Last-Modified Location Server'
  )
    .split(' ')
    .map((name) => [name.toLowerCase(), name]),
);

function asSent(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [SPELLED[name] ?? name, value]));
}

async function textOf(body: StreamedReply['body']): Promise<string> {
  if (typeof body === 'string') return body;
  return body instanceof Readable ? text(body) : Buffer.from(body).toString('utf8');
}
