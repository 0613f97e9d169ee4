import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { malformedXml } from './errors.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

const TEXT = '#text';

/** An element's content: text, elements, or the same element several times. `undefined` leaves it out. */
export type XmlValue = string | number | boolean | undefined | XmlObject | readonly XmlValue[];
export interface XmlObject {
  readonly [name: string]: XmlValue;
}

/** A document of S3's namespace. An element `#text` is the text of the root itself. */
export function xmlDocument(root: string, content: XmlObject): string {
  return `${DECLARATION}<${root} xmlns="${NAMESPACE}">${elements(content)}</${root}>`;
}

/** Errors and answers to forms have no namespace. */
export function xmlFragment(root: string, content: XmlObject): string {
  return `${DECLARATION}<${root}>${elements(content)}</${root}>`;
}

function elements(content: XmlObject): string {
  return Object.entries(content)
    .map(([name, value]) => element(name, value))
    .join('');
}

function element(name: string, value: XmlValue): string {
  if (value === undefined) return '';
  if (name === TEXT) return escaped(String(value));
  if (isList(value)) return value.map((one) => element(name, one)).join('');
  const inner = typeof value === 'object' ? elements(value) : escaped(String(value));
  return `<${name}>${inner}</${name}>`;
}

const isList = (value: XmlValue): value is readonly XmlValue[] => Array.isArray(value);

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Control characters become references, which is all that XML 1.0 has for keys that contain them. */
function escaped(text: string): string {
  return text.replace(/[&<>"\u0000-\u001f\u007f\ufffe\uffff]/g, (char) => ENTITIES[char] ?? `&#${char.charCodeAt(0)};`);
}

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  removeNSPrefix: true,
  // Every element is a list: whether it occurs once or many times is for its reader to judge.
  isArray: () => true,
});

/** Elements by name, in the order of each name; text under `#text`. */
export interface XmlNode {
  readonly [name: string]: readonly (XmlNode | string)[] | string | undefined;
}

/** The root element with that name. A document type, which could define entities of any size, is refused. */
export function parseXml(text: string, root: string): XmlNode {
  const [found, ...more] = children(parsed(text), root);
  if (found === undefined || more.length > 0) throw malformedXml();
  return found;
}

function parsed(text: string): XmlNode {
  if (/<!DOCTYPE|<!\[CDATA\[/i.test(text) || XMLValidator.validate(text) !== true) throw malformedXml();
  try {
    return parser.parse(text) as XmlNode;
  } catch {
    // Names that the parser refuses, and elements that are nested too deep for it.
    throw malformedXml();
  }
}

/** The elements with that name; one with text only is a node without elements. */
export function children(node: XmlNode, name: string): readonly XmlNode[] {
  const found = node[name];
  if (found === undefined) return [];
  if (typeof found === 'string') throw malformedXml();
  return found.map((one) => (typeof one === 'string' ? { [TEXT]: one } : one));
}

/** The text of the one element with that name, if there is one. */
export function childText(node: XmlNode, name: string): string | undefined {
  const [found, ...more] = children(node, name);
  if (more.length > 0) throw malformedXml();
  if (found === undefined) return undefined;
  const text = found[TEXT];
  return typeof text === 'string' ? unescaped(text) : '';
}

const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&([^;]{0,10});?/g, (_, name: string) => {
    const code = /^#(?:(\d{1,7})|x([0-9a-f]{1,6}))$/i.exec(name);
    const character = code ? fromCode(Number(code[1] ?? `0x${code[2]}`)) : CHARACTERS[name];
    if (character === undefined) throw malformedXml();
    return character;
  });
}

const fromCode = (code: number): string | undefined => (code > 0x10_ffff ? undefined : String.fromCodePoint(code));
