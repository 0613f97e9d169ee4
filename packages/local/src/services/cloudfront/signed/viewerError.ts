import type { EdgeResponse } from '../model.ts';

/** Why a viewer is not let in, in CloudFront's words. */
export interface ViewerError {
  readonly code: string;
  readonly message: string;
}

export const viewerError = (code: string, message: string): ViewerError => ({ code, message });

/** https://repost.aws/knowledge-center/cloudfront-troubleshoot-signed-url-cookies */
export function viewerRefused({ code, message }: ViewerError, method: string): EdgeResponse {
  const document = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return {
    status: 403,
    headers: { 'content-type': 'text/xml', server: 'CloudFront', 'x-cache': 'Error from cloudfront' },
    body: Buffer.from(method === 'HEAD' ? '' : document),
  };
}
