import { createRequire } from 'node:module';
import { encode } from 'blurhash';
import type Sharp from 'sharp';
import { pictureTypeOf } from './pictureType.ts';
import { extentWithin, sizes, type SizeName } from './variants.ts';

/**
 * From the layer. Lambda says where layers are by NODE_PATH, which `require` looks at and `import` does not.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-layers.html
 */
const sharp = createRequire(import.meta.url)('sharp') as typeof Sharp;

/** 460 MB while they are decoded from progressive JPEG. A file that says that it has more is not decoded at all. */
export const MAX_PIXELS = 50_000_000;
/** The largest take four. */
const DECODING_SECONDS = 15;
const WEBP_QUALITY = 80;
const JPEG_QUALITY = 82;
const BLURHASH_SIDE = 32;

/** Reasons that no other attempt makes better; `PhotoFailure` of the schema. */
export type Refusal = 'TOO_LARGE' | 'NOT_A_PICTURE' | 'WRONG_TYPE' | 'DAMAGED';

export class Refused extends Error {
  override readonly name = 'Refused';
  readonly failure: Refusal;

  constructor(failure: Refusal, message: string) {
    super(message);
    this.failure = failure;
  }
}

export interface Picture {
  /** Of the upright original, in pixels. */
  readonly width: number;
  readonly height: number;
  /** 28 characters: 4 by 3 components. */
  readonly blurhash: string;
  readonly files: readonly PictureFile[];
}

export interface PictureFile {
  readonly size: SizeName;
  readonly ending: 'webp' | 'jpg';
  readonly contentType: 'image/webp' | 'image/jpeg';
  readonly content: Uint8Array;
}

/**
 * Decodes a file once and makes what is shown of it: upright, in sRGB, without metadata, of an animation the first frame.
 * @param declared the content type that the owner gave.
 * @throws Refused for everything that is the file's fault; sharp reports nothing else once the file is in memory.
 */
export async function makePicture(file: Uint8Array, declared: string): Promise<Picture> {
  const type = pictureTypeOf(file);
  if (type === null) throw new Refused('NOT_A_PICTURE', 'the file begins like no picture that we take');
  if (type !== declared) throw new Refused('WRONG_TYPE', `the file is ${type} and was said to be ${declared}`);
  try {
    return await decode(file);
  } catch (error) {
    if (error instanceof Refused) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new Refused(/pixel limit/.test(message) ? 'TOO_LARGE' : 'DAMAGED', message);
  }
}

interface Pixels {
  readonly data: Uint8Array;
  readonly info: { readonly width: number; readonly height: number; readonly channels: 1 | 2 | 3 | 4 };
}

async function decode(file: Uint8Array): Promise<Picture> {
  const options = { failOn: 'error', limitInputPixels: MAX_PIXELS, sequentialRead: true } as const;
  const { autoOrient: upright } = await sharp(file, options).metadata();
  const { width, height } = upright;
  const feed = extentWithin(sizes.feed, { width, height });
  const decoded: Pixels = await sharp(file, options)
    .timeout({ seconds: DECODING_SECONDS })
    .autoOrient()
    .resize({ ...feed, fit: 'fill' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const thumb = extentWithin(sizes.thumb, { width, height });
  const files = [...(await encodeAs('feed', from(decoded))), ...(await encodeAs('thumb', from(decoded).resize(thumb)))];
  return { width, height, blurhash: await blurhashOf(decoded), files };
}

const from = ({ data, info: { width, height, channels } }: Pixels) => sharp(data, { raw: { width, height, channels } });

async function encodeAs(size: SizeName, pixels: ReturnType<typeof from>): Promise<PictureFile[]> {
  const webp = await pixels.clone().webp({ quality: WEBP_QUALITY }).toBuffer();
  const jpeg = await pixels
    .clone()
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: JPEG_QUALITY, progressive: true })
    .toBuffer();
  return [
    { size, ending: 'webp', contentType: 'image/webp', content: webp },
    { size, ending: 'jpg', contentType: 'image/jpeg', content: jpeg },
  ];
}

async function blurhashOf(pixels: Pixels): Promise<string> {
  const { data, info } = await from(pixels)
    .resize({ width: BLURHASH_SIDE, height: BLURHASH_SIDE, fit: 'inside' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return encode(new Uint8ClampedArray(data), info.width, info.height, 4, 3);
}
