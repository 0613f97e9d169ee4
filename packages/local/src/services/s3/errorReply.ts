import type { AwsError } from '../../aws/error.ts';
import type { StreamedReply } from '../../aws/streamedService.ts';
import { S3Refusal } from './errors.ts';
import { XML_HEADERS } from './operations/call.ts';
import { xmlFragment, type XmlObject } from './xml.ts';

interface Failed {
  readonly requestId: string;
  readonly path: string;
  readonly method: string;
}

/** A refusal as S3 writes it. The answer to HEAD has no body to write it in. */
export function errorReply(error: AwsError, { requestId, path, method }: Failed): StreamedReply {
  const { code, message, statusCode, details } = error;
  const headers = { ...XML_HEADERS, ...(error instanceof S3Refusal ? error.headers : {}) };
  const document = xmlFragment('Error', {
    Code: code,
    Message: message,
    ...(details as XmlObject),
    Resource: path,
    RequestId: requestId,
    HostId: requestId,
  });
  return { statusCode, headers, body: method === 'HEAD' ? '' : document };
}
