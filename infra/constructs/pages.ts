import { type S3Bucket, S3Object } from '../aws.ts';
import type { Pages } from '../pages.ts';
import type { Stack } from '../stacks/stack.ts';

/** The files of `pages/` as objects, each of which is replaced when its text is another. */
export function uploadPages(stack: Stack, bucket: S3Bucket, pages: Pages): void {
  for (const [key, content] of pages) {
    new S3Object(stack.group('pages'), key, {
      bucket: bucket.id,
      key,
      content,
      contentType: 'text/markdown; charset=utf-8',
      cacheControl: 'public, max-age=300',
    });
  }
}
