import '../testing/environment.ts';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { bomb, picture } from '../testing/pictures.ts';
import { makePicture, type Picture } from './picture.ts';

const fileOf = ({ files }: Picture, size: string, ending: string): Buffer => {
  const found = files.find((file) => file.size === size && file.ending === ending);
  if (!found) throw new Error(`there is no ${size}.${ending}`);
  return Buffer.from(found.content);
};

/** Red on the left, blue on the right. */
const halves = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#0000ff' } }).composite([
    { input: { create: { width: width / 2, height, channels: 3, background: '#ff0000' } }, left: 0, top: 0 },
  ]);

describe('a picture', () => {
  test.each(['jpeg', 'png', 'webp'] as const)('is made of a %s file', async (type) => {
    const made = await makePicture(await picture(type), `image/${type}`);

    expect(made).toMatchObject({ width: 40, height: 30, blurhash: expect.stringMatching(/^.{28}$/) });
    expect(made.files.map(({ size, ending, contentType }) => [size, ending, contentType])).toEqual([
      ['feed', 'webp', 'image/webp'],
      ['feed', 'jpg', 'image/jpeg'],
      ['thumb', 'webp', 'image/webp'],
      ['thumb', 'jpg', 'image/jpeg'],
    ]);
    for (const { content, ending } of made.files) {
      const { format, width, height } = await sharp(content).metadata();
      expect([format, width, height]).toEqual([ending === 'jpg' ? 'jpeg' : 'webp', 40, 30]);
    }
  });

  test('is turned as the camera was held, and tells nothing of camera or place', async () => {
    const file = await halves(2_000, 1_000)
      .jpeg()
      .withExif({ IFD0: { Make: 'Hiroba' }, IFD3: { GPSLatitude: '35/1 39/1 31/1', GPSLatitudeRef: 'N' } })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect((await sharp(file).metadata()).exif).toBeDefined();

    const made = await makePicture(file, 'image/jpeg');

    expect([made.width, made.height]).toEqual([1_000, 2_000]);
    for (const [size, width, height] of [
      ['feed', 540, 1_080],
      ['thumb', 128, 256],
    ] as const) {
      for (const ending of ['webp', 'jpg']) {
        const content = fileOf(made, size, ending);
        const { exif, icc, xmp, orientation, ...found } = await sharp(content).metadata();
        expect([found.width, found.height, exif, icc, xmp, orientation]).toEqual([
          width,
          height,
          ...[undefined, undefined, undefined, undefined],
        ]);
        const top = await sharp(content).extract({ left: 0, top: 0, width: 50, height: 50 }).png().toBuffer();
        expect((await sharp(top).stats()).dominant).toMatchObject({ r: 248, b: 8 });
      }
    }
  });

  test('that is transparent stays so in WebP and stands on white in JPEG', async () => {
    const file = await sharp({ create: { width: 20, height: 20, channels: 4, background: '#00000000' } })
      .png()
      .toBuffer();

    const made = await makePicture(file, 'image/png');

    expect((await sharp(fileOf(made, 'feed', 'webp')).stats()).isOpaque).toBe(false);
    expect((await sharp(fileOf(made, 'feed', 'jpg')).stats()).channels.map(({ min }) => min)).toEqual([255, 255, 255]);
  });

  test.each([
    [
      'grey',
      async () =>
        sharp(await picture('jpeg'))
          .greyscale()
          .jpeg()
          .toBuffer(),
    ],
    [
      'CMYK',
      async () =>
        sharp(await picture('jpeg'))
          .toColourspace('cmyk')
          .jpeg()
          .toBuffer(),
    ],
    ['one pixel', () => picture('jpeg', { width: 1, height: 1 })],
    ['a line', () => picture('jpeg', { width: 5_000, height: 1 })],
  ])('may be %s', async (_, file) => {
    const made = await makePicture(await file(), 'image/jpeg');

    for (const { content } of made.files) expect((await sharp(content).metadata()).space).toBe('srgb');
  });
});

describe('a file that is refused', () => {
  const half = async (type: 'jpeg' | 'png' | 'webp') => {
    const noise = await sharp({
      create: {
        width: 400,
        height: 300,
        channels: 3,
        background: '#808080',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .toFormat(type)
      .toBuffer();
    return noise.subarray(0, noise.length / 2);
  };

  test.each<[string, () => Promise<Uint8Array> | Uint8Array, string, string]>([
    ['nothing', () => new Uint8Array(), 'image/jpeg', 'NOT_A_PICTURE'],
    ['a script under a false name', () => Buffer.from('#!/bin/sh\nrm -rf /'), 'image/png', 'NOT_A_PICTURE'],
    ['SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/png', 'NOT_A_PICTURE'],
    ['GIF', () => Buffer.from('GIF89a\x01\x00\x01\x00'), 'image/png', 'NOT_A_PICTURE'],
    ['PNG that was said to be JPEG', () => picture('png'), 'image/jpeg', 'WRONG_TYPE'],
    ['JPEG that was said to be WebP', () => picture('jpeg'), 'image/webp', 'WRONG_TYPE'],
    ['half a JPEG', () => half('jpeg'), 'image/jpeg', 'DAMAGED'],
    ['half a PNG', () => half('png'), 'image/png', 'DAMAGED'],
    ['half a WebP', () => half('webp'), 'image/webp', 'DAMAGED'],
    ['a script that begins like JPEG', () => Buffer.from('\xff\xd8\xff<?php', 'latin1'), 'image/jpeg', 'DAMAGED'],
    ['a beginning of PNG', () => bomb(10).subarray(0, 8), 'image/png', 'DAMAGED'],
    ['a bomb of 900 million pixels', () => bomb(30_000), 'image/png', 'TOO_LARGE'],
    ['51 million pixels', () => bomb(7_142), 'image/png', 'TOO_LARGE'],
  ])('%s', async (_, file, type, failure) => {
    await expect(makePicture(await file(), type)).rejects.toMatchObject({ name: 'Refused', failure });
  });

  test('is small enough to be sent', () => {
    expect(bomb(30_000).length).toBeLessThan(200_000);
  });
});
