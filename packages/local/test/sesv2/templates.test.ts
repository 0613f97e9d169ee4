import { GetEmailTemplateCommand, TestRenderEmailTemplateCommand } from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { sesDefinition } from '../../src/definitions/ses.ts';
import { resourceSet } from '../../src/definitions/resourceSet.ts';
import { startSes, template } from './support.ts';

/** What `text` becomes with the data, or what SES refuses it with. */
async function rendered(text: string, data: object): Promise<string> {
  const { client } = await startSes({ definition: { templates: [template('t', { text })] } });
  const { RenderedTemplate = '' } = await client.send(
    new TestRenderEmailTemplateCommand({ TemplateName: 't', TemplateData: JSON.stringify(data) }),
  );
  return (
    /Content-Transfer-Encoding: 8bit\r\n\r\n([\s\S]*)\r\n------=_Part/.exec(RenderedTemplate)?.[1] ?? RenderedTemplate
  );
}

describe('the language of templates', () => {
  it.each<[string, string, object, string]>([
    ['a value', 'Hello {{name}}, {{ name }}{{{name}}}', { name: '<Hana>' }, 'Hello <Hana>, <Hana><Hana>'],
    ['a number, zero and false', '{{n}} {{zero}} {{no}}', { n: 1.5, zero: 0, no: false }, '1.5 0 false'],
    ['a path', '{{contact.name.first}}', { contact: { name: { first: 'Hana' } } }, 'Hana'],
    ['a condition that holds', '{{#if a}}yes{{else}}no{{/if}}', { a: 'x' }, 'yes'],
    ['a condition without a value', '{{#if a}}yes{{else}}no{{/if}}', {}, 'no'],
    ['conditions of nothing', '{{#if a}}1{{/if}}{{#if b}}2{{/if}}{{#if c}}3{{/if}}.', { a: 0, b: '', c: [] }, '.'],
    ['the contrary', '{{#unless a}}no a{{/unless}}', { a: false }, 'no a'],
    ['a chain', '{{#if a}}A{{else if b}}B{{else}}C{{/if}}', { b: true }, 'B'],
    ['a list', '{{#each posts}}[{{title}}]{{/each}}', { posts: [{ title: 'a' }, { title: 'b' }] }, '[a][b]'],
    ['a list of texts', '{{#each tags}}{{@index}}:{{this}} {{/each}}', { tags: ['x', 'y'] }, '0:x 1:y '],
    ['the last of a list', '{{#each t}}{{this}}{{#unless @last}}, {{/unless}}{{/each}}', { t: [1, 2] }, '1, 2'],
    ['an empty list', '{{#each posts}}x{{else}}none{{/each}}', { posts: [] }, 'none'],
    ['an object', '{{#each o}}{{@key}}={{this}};{{/each}}', { o: { a: 1, b: 2 } }, 'a=1;b=2;'],
    [
      'the level above',
      '{{#each l}}{{../site}}{{this.p}} {{/each}}',
      { site: '/', l: [{ p: 'a' }, { p: 'b' }] },
      '/a /b ',
    ],
    ['a comment', 'a{{! b }}c{{!-- }} --}}d', {}, 'acd'],
    [
      'a condition in a list',
      '{{#each items}} {{name}} is {{#if best}}the best{{else}}a {{type}}{{/if}}, {{/each}}',
      {
        items: [
          { type: 'dog', name: 'bobby', best: true },
          { type: 'cat', name: 'pedro', best: false },
        ],
      },
      ' bobby is the best,  pedro is a cat, ',
    ],
    [
      'lines that hold a tag alone vanish',
      'Posts:\n  {{#each posts}}\n- {{this}}\n{{else}}\nNone\n  {{/each}}\nBye',
      { posts: ['a', 'b'] },
      'Posts:\n- a\n- b\nBye',
    ],
  ])('%s', async (_, text, data, expected) => {
    expect(await rendered(text, data)).toBe(expected);
  });

  it.each<[string, string, object, string]>([
    ['a value that is not there', 'Hi {{first}}', {}, "Attribute 'first' is not present in the rendering data."],
    ['a path that ends early', '{{a.b}}', { a: {} }, "Attribute 'a.b' is not present in the rendering data."],
    ['null', '{{a}}', { a: null }, "Attribute 'a' is not present in the rendering data."],
    ['what every object inherits', '{{constructor}}', {}, "Attribute 'constructor' is not present"],
    ['a list as a text', '{{a}}', { a: [1] }, "Attribute 'a' is a list or an object"],
    [
      'a value that only one of a list lacks',
      '{{#each l}}{{x}}{{/each}}',
      { l: [{ x: 1 }, {}] },
      "Attribute 'x' is not present in the rendering data.",
    ],
  ])('%s fails the rendering', async (_, text, data, message) => {
    await expect(rendered(text, data)).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining(message) as string,
    });
  });

  it('does not fill the memory when loops meet large data', async () => {
    const text = '{{#each a}}{{#each ../a}}{{#each ../../a}}0123456789{{/each}}{{/each}}{{/each}}';
    await expect(rendered(text, { a: Array.from({ length: 1_000 }, () => 1) })).rejects.toThrow(
      'The rendered message is too large.',
    );
  });
});

describe('a template in the Terraform', () => {
  const declared = (text: string) =>
    resourceSet([
      {
        type: 'aws_ses_template',
        name: 'welcome',
        address: 'mail.aws_ses_template.welcome',
        args: { name: 'welcome', subject: 'Hello', text },
        attributes: { arn: 'arn:aws:ses:us-east-1:123456789012:template/welcome' },
      } as never,
    ]);

  it.each([
    ['{{> footer}}', '{{> footer}} is not emulated by @hiroba/local'],
    ['{{#* inline "footer"}}x{{/inline}}', '{{#* inline "footer"}} is not emulated'],
    ['{{#with a}}x{{/with}}', '{{#with a}} is not emulated'],
    ['{{formatDate at}}', '{{formatDate at}} is not emulated'],
    ['{{~name~}}', '{{~name~}} is not emulated'],
    ['\\{{name}}', 'is not emulated'],
    ['{{#if a}}x', '{{#if a}} is not closed by {{/if}}'],
    ['{{#if a}}x{{/each}}', '{{#if a}} is not closed by {{/if}}, but met by {{/each}}'],
    ['x{{/if}}', '{{/if}} ends no block'],
    ['{{#if a}}1{{else}}2{{else}}3{{/if}}', '{{else}} stands after an {{else}}'],
    ['Hi {{name', '"{{name" has no closing "}}"'],
    ['{{!-- x', 'has no closing "--}}"'],
  ])('with %s stops the start and names the template', (text, message) => {
    expect(() => sesDefinition(declared(text))).toThrow(`mail.aws_ses_template.welcome.text: `);
    expect(() => sesDefinition(declared(text))).toThrow(message);
  });
});

describe('stored templates', () => {
  it('are answered as they are written', async () => {
    const welcome = template('welcome', { subject: 'Hello {{name}}', html: '<p>{{name}}</p>' });
    const { client } = await startSes({ definition: { templates: [welcome] } });
    const answer = await client.send(new GetEmailTemplateCommand({ TemplateName: 'welcome' }));
    expect(answer).toMatchObject({
      TemplateName: 'welcome',
      TemplateContent: { Subject: 'Hello {{name}}', Html: '<p>{{name}}</p>' },
    });
    expect(answer.TemplateContent?.Text).toBeUndefined();
    await expect(client.send(new GetEmailTemplateCommand({ TemplateName: 'none' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  it('are rendered as a mail would be', async () => {
    const welcome = template('welcome', { subject: '{{name}}さん', text: 'Hi {{name}}', html: '<p>{{name}}</p>' });
    const { client } = await startSes({ definition: { templates: [welcome] } });
    const { RenderedTemplate } = await client.send(
      new TestRenderEmailTemplateCommand({ TemplateName: 'welcome', TemplateData: '{"name":"Hana"}' }),
    );
    expect(
      RenderedTemplate?.split('\r\n').filter((line) => !/^(Message-ID|--|Content-Type: multipart)/.test(line)),
    ).toEqual([
      'Date: Sun, 01 Mar 2026 09:00:00 +0000',
      `Subject: =?UTF-8?B?${Buffer.from('Hanaさん').toString('base64')}?=`,
      'MIME-Version: 1.0',
      '',
      'Content-Type: text/plain; charset=UTF-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      'Hi Hana',
      'Content-Type: text/html; charset=UTF-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      '<p>Hana</p>',
      '',
    ]);
  });

  it.each([['not JSON'], ['[]'], ['"text"']])('take a JSON object as data, not %s', async (TemplateData) => {
    const { client } = await startSes({ definition: { templates: [template('t', {})] } });
    await expect(
      client.send(new TestRenderEmailTemplateCommand({ TemplateName: 't', TemplateData })),
    ).rejects.toMatchObject({ name: 'BadRequestException', message: 'TemplateData must be a JSON object in a string' });
  });
});
