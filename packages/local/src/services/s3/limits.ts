/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html and the pages of the operations. */
export const MAX_KEY_BYTES = 1_024;
/** Of one PUT, one form and one part. */
export const MAX_OBJECT_BYTES = 5 * 1024 ** 3;
export const MAX_METADATA_BYTES = 2_048;
export const MAX_LISTED = 1_000;
export const MAX_DELETED = 1_000;
export const MAX_PART_NUMBER = 10_000;
/** Of every part but the last. */
export const MIN_PART_BYTES = 5 * 1024 ** 2;
/** The fields of a form before its file. */
export const MAX_FORM_FIELDS_BYTES = 20 * 1024;
/** The XML documents that requests carry: 1,000 keys, or 10,000 parts with checksums. */
export const MAX_DOCUMENT_BYTES = 3 * 1024 ** 2;
export const MAX_PRESIGNED_SECONDS = 604_800;
