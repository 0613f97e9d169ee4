import { describe, expect, it } from 'vitest';
import { graphql, invalidArgument, publicCaller } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';

interface Data {
  readonly page: {
    readonly slug: string;
    readonly language: string;
    readonly markdown: string;
    readonly updatedAt: string;
  } | null;
}

const PAGE =
  'query ($slug: String!, $language: Language) { page(slug: $slug, language: $language) { slug language markdown updatedAt } }';
const page = (variables: object) => graphql<Data>(publicCaller, PAGE, variables);

describe('a page of the service', () => {
  it.each([
    ['help', 'EN', '# Help\n\nHiroba is a place for short posts and photos.'],
    ['help', 'JA', '# ヘルプ\n\nひろばは、短い文章と写真を投稿する場所です。'],
    ['terms', 'EN', '# Terms of use\n'],
    ['terms', 'JA', '# 利用規約\n'],
    ['privacy', 'EN', '# Privacy notice\n'],
    ['privacy', 'JA', '# プライバシー\n'],
  ])('is the file %s in %s', async (slug, language, start) => {
    const { data, errors } = await page({ slug, language });

    expect(errors).toEqual([]);
    expect(data.page).toMatchObject({ slug, language });
    expect(data.page?.markdown.slice(0, start.length)).toBe(start);
  });

  it('is in English unless another language is asked for, and open to members, too', async () => {
    const { data, errors } = await (await newMember()).send('{ page(slug: "terms") { language } }');

    expect(errors).toEqual([]);
    expect(data).toEqual({ page: { language: 'EN' } });
  });

  it('tells when its file was last replaced', async () => {
    const { data } = await page({ slug: 'help' });

    const updated = Date.parse(data.page?.updatedAt ?? '');
    // S3 tells it in whole seconds.
    expect(data.page?.updatedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.000)?Z$/);
    expect(Math.abs(Date.now() - updated)).toBeLessThan(10 * 60 * 1_000);
  });

  it('is null when there is no such file', async () => {
    expect(await page({ slug: 'imprint' })).toMatchObject({ data: { page: null }, errors: [] });
  });

  it.each([['help.ja'], ['../site/index'], ['help%2emd'], ['HELP'], [''], ['help?versionId=1'], ['a'.repeat(65)]])(
    'has a name that cannot lead elsewhere: %j is refused',
    async (slug) => {
      const { data, errors } = await page({ slug });

      expect(data).toEqual({ page: null });
      expect(errors).toMatchObject([invalidArgument(['page'], `slug: '${slug}' is not 1-64 of a-z, 0-9 and -`)]);
    },
  );
});
