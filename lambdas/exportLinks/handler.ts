import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { required } from '../shared/environment.ts';
import { writeLog } from '../shared/log.ts';
import { s3 } from '../shared/s3.ts';

/** What the resolver of `DataExport.archives` sends, once it knows that the viewer owns the export. */
interface Asked {
  readonly archives: readonly { readonly name: string; readonly key: string; readonly bytes: number }[];
}

/** Long enough for a click; a link that was passed on or logged is soon worth nothing. */
const LINK_SECONDS = 300;

/** Links that open the archives for whoever has them. */
export async function handler({ archives }: Asked) {
  const links = await Promise.all(
    archives.map(async ({ name, key, bytes }) => ({ name, bytes, url: await linkTo(key, name) })),
  );
  writeLog({ level: 'INFO', function: 'exportLinks', links: links.length });
  return links;
}

function linkTo(Key: string, name: string): Promise<string> {
  const command = new GetObjectCommand({
    Bucket: required('EXPORTS_BUCKET'),
    Key,
    ResponseContentDisposition: `attachment; filename="${name}"`,
  });
  return getSignedUrl(s3, command, { expiresIn: LINK_SECONDS });
}
