import type { StreamedReply } from '../../../aws/streamedService.ts';
import { type ObjectCall, quoted, versionHeaders, XML_HEADERS } from '../operations/call.ts';
import type { StoredObject } from '../storage/model.ts';
import { xmlFragment } from '../xml.ts';

/** What the form wants to be answered: a page to go on to, or a status. Anything else is 204. */
export function formReply(fields: ReadonlyMap<string, string>, call: ObjectCall, stored: StoredObject): StreamedReply {
  const { bucket, headers } = call;
  const etag = quoted(stored.etag);
  const host = headers.get('host') ?? '';
  const root = host.startsWith(`${bucket.name}.`) ? host : `${host}/${bucket.name}`;
  const location = `http://${root}/${stored.key.split('/').map(encodeURIComponent).join('/')}`;
  const facts = { etag, ...versionHeaders(bucket, stored.versionId) };
  const redirect = redirectUrl(fields.get('success_action_redirect') ?? fields.get('redirect'));
  if (redirect) {
    redirect.searchParams.set('bucket', bucket.name);
    redirect.searchParams.set('key', stored.key);
    redirect.searchParams.set('etag', etag);
    return { statusCode: 303, headers: { ...facts, location: redirect.href }, body: '' };
  }
  const status = fields.get('success_action_status');
  if (status === '201') {
    const document = xmlFragment('PostResponse', {
      Location: location,
      Bucket: bucket.name,
      Key: stored.key,
      ETag: etag,
    });
    return { statusCode: 201, headers: { ...XML_HEADERS, ...facts, location }, body: document };
  }
  return { statusCode: status === '200' ? 200 : 204, headers: { ...facts, location }, body: '' };
}

/** What is no address of the web is ignored. */
function redirectUrl(text: string | undefined): URL | null {
  if (text === undefined || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
}
