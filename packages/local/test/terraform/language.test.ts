import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/json.ts';
import { errorOf, folder, evaluateFolder, valueOf } from './support.ts';

const locals = {
  n: 2,
  yes: true,
  text: 'moss',
  list: ['a', 'b'],
  map: { b: 2, a: 1 },
  deep: [{ k: [{ v: 1 }, { v: 2 }] }],
  nothing: null,
};

// Values that are not obvious were compared with those that Terraform 1.11 gives. Terraform also checks the names in
// the branch of a condition that is not taken.
describe('an expression', () => {
  test.each<[string, JsonValue]>([
    ['plain text', 'plain text'],
    ['${local.n}', 2],
    ['${local.list}', ['a', 'b']],
    ['n=${local.n}, ${local.yes}', 'n=2, true'],
    ['$${local.n} and %%{if}', '${local.n} and %{if}'],
    ['${"quoted \\"${local.text}\\" \\u0041\\n"}', 'quoted "moss" A\n'],
    ['${"a $${b}"}', 'a ${b}'],
    ['${local.map.b}', 2],
    ['${local.map["b"]}', 2],
    ['${local.map[local.list[1]]}', 2],
    ['${local.list[0]}${local.list.1}', 'ab'],
    ['${local.deep[*].k[0].v}', [1]],
    ['${local.deep.*.k}', [[{ v: 1 }, { v: 2 }]]],
    ['${local.deep[0].k[*].v}', [1, 2]],
    ['${local.deep.0.k.*.v[1]}', 2],
    ['${(local.deep[*].k)[0][1].v}', 2],
    ['${local.nothing[*]}', []],
    ['${local.n[*]}', [2]],
    ['${[1, "b", true, null,]}', [1, 'b', true, null]],
    ['${{ a = 1, "b" : 2, (local.text) = 3 }}', { a: 1, b: 2, moss: 3 }],
    ['${{ a = 1\n b = 2 }}', { a: 1, b: 2 }],
    ['${1 + 2 * 3 - 4 / 2}', 5],
    ['${(1 + 2) * 3 % 4}', 1],
    ['${-local.n + 1}', -1],
    ['${"5" + 1}', 6],
    ['${1.5e2}', 150],
    ['${local.n >= 2 && !(local.n > 2)}', true],
    ['${local.n < 2 || local.n <= 2}', true],
    ['${"1" == 1}', false],
    ['${[1, {a = 2}] == [1, {a = 2}]}', true],
    ['${local.map != {a = 1, b = 2}}', false],
    ['${local.yes ? "on" : local.gone}', 'on'],
    ['${local.n == 3 ? 1 : local.n == 2 ? 2 : 3}', 2],
    ['${local.text == "moss" ? "${local.text}-${local.n}" : ""}', 'moss-2'],
    ['${terraform.workspace}', 'default'],
    ['${path.module}/x', './x'],
  ])('%s', (expression, expected) => {
    expect(valueOf(expression, { locals })).toEqual(expected);
  });

  test('may stand in the key of a map', () => {
    expect(valueOf({ 'key-${local.n}': 1 }, { locals })).toEqual({ 'key-2': 1 });
  });

  test.each([
    [
      '${local.n',
      'expected "}" but found the end at character 10 of "${local.n"; if "${local.n" is meant as text, as in code, escape it as "$${"',
    ],
    [
      '${}',
      'expected an expression but found "}" at character 3 of "${}"; if "${}" is meant as text, as in code, escape it as "$${"',
    ],
    [
      '%{ if true }x%{ endif }',
      'the template directive "%{ if true }" is not supported; if it is meant as text, as in code, escape it as "%%{"',
    ],
    ['${~ local.n ~}', 'the strip marker "~" of an interpolation is not supported'],
    ['list: ${local.list}', 'a value inside a string must be a string, not a list'],
    ['nothing: ${local.nothing}', 'a value inside a string must be a string, not null'],
    ['${1 / 0}', 'division by zero'],
    ['${"x" + 1}', 'an operand of "+" must be a number, not "x"'],
    ['${local.n ? 1 : 2}', 'the condition of "?" must be true or false, not a number'],
    [
      '${[for x in local.list : x]}',
      'a "for" expression is not supported; if "${[for x in local.list :" is meant as text, as in code, escape it as "$${"',
    ],
    ['${uuid()}', 'the function uuid() is not supported'],
    ['${joinn(",", [])}', 'the function joinn() is not supported; did you mean join?'],
    ['${cidrsubnet("10.0.0.0/8", 8, 1)}', 'the function cidrsubnet() is not supported'],
    [
      '${provider::aws::arn_parse("x")}',
      'functions of a provider (provider::...) are not supported; if "${provider::aws::arn_par" is meant as text, as in code, escape it as "$${"',
    ],
    [
      '${file("secret.txt")}',
      'file(): is not supported. Put the text into the JSON: the program that generates it can read the file.',
    ],
    ['${upper()}', 'upper(): takes 1 argument, not 0'],
    [
      '${"\\x"}',
      'expected an escape that Terraform knows but found "\\x"}" at character 4 of "${"\\x"}"; if "${"\\x"}" is meant as text, as in code, escape it as "$${"',
    ],
  ])('is refused: %s', (expression, message) => {
    expect(errorOf(() => valueOf(expression, { locals })).message).toBe(`output.result: ${message}`);
  });
});

describe('a function', () => {
  test.each<[string, JsonValue]>([
    ['base64decode("bW9zcw==")', 'moss'],
    ['base64encode("moss")', 'bW9zcw=='],
    ['coalesce(null, "", "x", "y")', 'x'],
    ['concat(local.list, ["c"])', ['a', 'b', 'c']],
    ['contains(local.list, "b")', true],
    ['element(local.list, 3)', 'b'],
    ['flatten([[1, [2]], 3, []])', [1, 2, 3]],
    [
      'format("%s: %03d, %.1f, %q, %v, %%, %-4s|", "t", 7, 1.25, "x", local.list, "r")',
      't: 007, 1.2, "x", ["a","b"], %, r   |',
    ],
    ['join("-", local.list, ["c"])', 'a-b-c'],
    ['jsondecode("{\\"a\\": [1]}")', { a: [1] }],
    ['jsonencode({ b = "<&>", a = [1, true, null] })', '{"a":[1,true,null],"b":"\\u003c\\u0026\\u003e"}'],
    ['keys(local.map)', ['a', 'b']],
    ['length(local.map) + length(local.list) + length("🌱é")', 6],
    ['lookup(local.map, "a", 9) + lookup(local.map, "z", 9)', 10],
    ['lower("MOSS")', 'moss'],
    ['md5("moss")', '06a311b9097555ff46e11ef76b194f6e'],
    ['merge(local.map, null, { a = 9 })', { a: 9, b: 2 }],
    ['replace("a.b.c", ".", "$&")', 'a$&b$&c'],
    ['sha256("moss")', '9e135ab954828446379a956e7e12eb7254a482059c765a4e055b617ffe624057'],
    ['split(",", "a,b,")', ['a', 'b', '']],
    ['substr("🌱moss", 0, 2)', '🌱m'],
    ['substr("moss", -2, -1)', 'ss'],
    ['tobool("true")', true],
    ['tolist(["b", "a"])', ['b', 'a']],
    ['tomap({ a = 1 })', { a: 1 }],
    ['tonumber("1.5")', 1.5],
    ['toset(["b", "a", "b"])', ['a', 'b']],
    ['tostring(2)', '2'],
    ['trimprefix("moss-1", "moss-")', '1'],
    ['trimsuffix("moss-1", "-1")', 'moss'],
    ['try(local.map.z, local.gone, "else")', 'else'],
    ['upper("moss")', 'MOSS'],
    ['values(local.map)', [1, 2]],
  ])('%s', (expression, expected) => {
    expect(valueOf(`\${${expression}}`, { locals })).toEqual(expected);
  });

  test.each([
    ['coalesce("", null)', 'coalesce(): every argument is null or empty'],
    ['element([], 0)', 'element(): the list is empty'],
    ['lookup({}, "a")', 'lookup(): the map has no key "a", and no default is given'],
    ['replace("a", "/a/", "b")', 'replace(): a regular expression (/a/) is not supported'],
    ['jsondecode("{")', 'jsondecode(): the argument is not JSON: {'],
    ['format("%s")', 'format(): there is no value for "%s"'],
    ['format("%d", 1.5)', 'format(): the value of "%d" must be a whole number, not 1.5'],
    ['format("x", 1)', 'format(): has 1 values for 0 verbs'],
    ['keys([1])', 'keys(): the argument must be a map, not a list'],
    ['try(local.gone)', 'try(): no argument has a value: local.gone, which does not exist'],
  ])('is refused: %s', (expression, message) => {
    expect(errorOf(() => valueOf(`\${${expression}}`, { locals })).message).toBe(`output.result: ${message}`);
  });

  test('hashes files of its stack, and no others', () => {
    const module = (expression: string): string =>
      folder({ 'handler.txt': 'moss', 'main.tf.json': { output: { hash: { value: expression } } } });
    const hashOf = (expression: string): JsonValue | undefined =>
      [...evaluateFolder(module(expression)).outputs.values()][0]?.hash;
    expect(hashOf('${filesha256("handler.txt")}')).toBe(
      '9e135ab954828446379a956e7e12eb7254a482059c765a4e055b617ffe624057',
    );
    expect(hashOf('${filebase64sha256("${path.module}/handler.txt")}')).toBe(
      'nhNauVSChEY3mpVufhLrclSkggWcdlpOBVthf/5iQFc=',
    );
    expect(errorOf(() => hashOf('${filesha256("../handler.txt")}')).message).toContain(
      'output.hash names the file "../handler.txt", which lies outside of its stack\'s folder',
    );
    expect(errorOf(() => hashOf('${filesha256("gone.txt")}')).message).toContain(
      'output.hash names the file "gone.txt", which does not exist',
    );
  });
});
