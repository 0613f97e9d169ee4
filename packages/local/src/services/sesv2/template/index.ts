export { parseSimpleTemplate, parseTemplate } from './parse.ts';
export { RenderingFailure, renderTemplate } from './render.ts';
export { TemplateError, type TemplateNode } from './syntax.ts';
