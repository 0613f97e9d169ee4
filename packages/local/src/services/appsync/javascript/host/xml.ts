import { CapabilityError } from './bridge.ts';

type XmlValue = string | number | boolean | XmlElement | readonly (string | number | boolean | XmlElement)[];
interface XmlElement {
  [name: string]: XmlValue;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const MAX_DEPTH = 512;

interface OpenElement {
  readonly name: string;
  readonly members: Map<string, Exclude<XmlValue, readonly unknown[]>[]>;
  text: string;
}

// Markup first: comments and the document type have no value; entity definitions are never read.
const TOKEN =
  /<!--[^]*?-->|<\?[^]*?\?>|<!\[CDATA\[([^]*?)\]\]>|<!DOCTYPE[^>[]*(?:\[[^\]]*\])?[^>]*>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=>/]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/y;

/**
 * XML as AppSync turns it into a map: texts that are numbers become numbers, repeated elements lists, attributes
 * members, and the text of an element with members is its `content`.
 */
export function xmlToMap(xml: string): XmlElement {
  const root: OpenElement = { name: '', members: new Map(), text: '' };
  const open: OpenElement[] = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(xml);
    if (!token) throw new CapabilityError(`The XML is not well-formed at character ${at + 1}.`);
    read(token, open);
  }
  if (open.length > 1) throw new CapabilityError(`The XML element ${open.at(-1)?.name} is not closed.`);
  return members(root);
}

function read([, cdata, closing, opening, attributes, selfClosing, text]: RegExpExecArray, open: OpenElement[]): void {
  const current = open.at(-1);
  if (!current) return;
  if (cdata !== undefined) current.text += cdata;
  if (text !== undefined) current.text += decode(text);
  if (opening !== undefined) {
    if (open.length > MAX_DEPTH) throw new CapabilityError('The XML is nested too deeply.');
    open.push({ name: opening, members: attributeMembers(attributes ?? ''), text: '' });
  }
  if (opening !== undefined && selfClosing === '/') close(open);
  if (closing !== undefined) {
    if (current.name !== closing) throw new CapabilityError(`The XML element ${closing} is closed but not open.`);
    close(open);
  }
}

function close(open: OpenElement[]): void {
  const element = open.pop();
  const parent = open.at(-1);
  if (!element || !parent) return;
  add(parent.members, element.name, valueOf(element));
}

function add(members: OpenElement['members'], name: string, value: Exclude<XmlValue, readonly unknown[]>): void {
  members.set(name, [...(members.get(name) ?? []), value]);
}

function attributeMembers(source: string): OpenElement['members'] {
  const members: OpenElement['members'] = new Map();
  for (const [, name = '', double, single] of source.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    add(members, name, scalar(decode(double ?? single ?? '')));
  }
  return members;
}

function valueOf(element: OpenElement): Exclude<XmlValue, readonly unknown[]> {
  const text = element.text.trim();
  if (element.members.size === 0) return scalar(text);
  if (text !== '') add(element.members, 'content', scalar(text));
  return members(element);
}

function members({ members: all }: OpenElement): XmlElement {
  const map = Object.create(null) as XmlElement;
  for (const [name, values] of all) {
    const [first] = values;
    map[name] = values.length === 1 && first !== undefined ? first : values;
  }
  return map;
}

function scalar(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : text;
}

function decode(text: string): string {
  return text.replace(
    /&(?:#(\d+)|#x([\dA-Fa-f]+)|(\w+));/g,
    (whole, decimal, hexadecimal, name: string | undefined) => {
      if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? whole) : whole;
      const code = decimal === undefined ? Number.parseInt(String(hexadecimal), 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
