/** The few Markdown and MDX syntax tree nodes that the plugins read and make. */

export interface MdxNode {
  type: string;
  children?: MdxNode[];
  position?: { start: { line: number; column: number }; end: { line: number; column: number } } | undefined;
  data?: unknown;
}

export interface CodeNode extends MdxNode {
  type: 'code';
  lang?: string | null;
  meta?: string | null;
  value: string;
}

export interface JsxAttribute {
  type: string;
  name?: string;
  value?: string | { type: string; value: string; data?: unknown } | null;
}

export interface JsxNode extends MdxNode {
  type: 'mdxJsxFlowElement' | 'mdxJsxTextElement';
  name: string | null;
  attributes: JsxAttribute[];
  children: MdxNode[];
}

export function isCode(node: MdxNode): node is CodeNode {
  return node.type === 'code';
}

/** Whether a node is an element, of the name if one is given. */
export function isJsx(node: MdxNode, name?: string): node is JsxNode {
  const element = (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') && 'name' in node;
  return element && (name === undefined || node.name === name);
}

/** The text of an attribute, `of="x"` or `digits={3}`; null where it is absent. */
export function attributeText(node: JsxNode, name: string): string | null {
  const attribute = node.attributes.find((one) => one.name === name);
  if (attribute === undefined) return null;
  if (typeof attribute.value === 'object' && attribute.value !== null) return attribute.value.value;
  return attribute.value ?? '';
}

/** An expression in the tree: what stands between braces in JSX. `expression` is an ESTree node. */
function expressionValue(value: string, expression: unknown): JsxAttribute['value'] {
  const body = [{ type: 'ExpressionStatement', expression }];
  return {
    type: 'mdxJsxAttributeValueExpression',
    value,
    data: { estree: { type: 'Program', sourceType: 'module', body } },
  };
}

export function textAttribute(name: string, value: string): JsxAttribute {
  return { type: 'mdxJsxAttribute', name, value };
}

/** `name={identifier}` */
export function nameAttribute(name: string, identifier: string): JsxAttribute {
  return {
    type: 'mdxJsxAttribute',
    name,
    value: expressionValue(identifier, { type: 'Identifier', name: identifier }),
  };
}

/** `name={{ key: identifier, ... }}` */
export function recordAttribute(name: string, entries: ReadonlyMap<string, string>): JsxAttribute {
  const properties = [...entries].map(([key, identifier]) => ({
    type: 'Property',
    kind: 'init',
    method: false,
    shorthand: false,
    computed: false,
    key: { type: 'Literal', value: key, raw: JSON.stringify(key) },
    value: { type: 'Identifier', name: identifier },
  }));
  const text = `{ ${[...entries].map(([key, value]) => `${JSON.stringify(key)}: ${value}`).join(', ')} }`;
  return { type: 'mdxJsxAttribute', name, value: expressionValue(text, { type: 'ObjectExpression', properties }) };
}

export function jsxFlow(name: string, attributes: JsxAttribute[], children: MdxNode[] = []): JsxNode {
  return { type: 'mdxJsxFlowElement', name, attributes, children };
}

/** `import identifier from "source"` */
export function importNode(identifier: string, source: string): MdxNode {
  const declaration = {
    type: 'ImportDeclaration',
    attributes: [],
    specifiers: [{ type: 'ImportDefaultSpecifier', local: { type: 'Identifier', name: identifier } }],
    source: { type: 'Literal', value: source, raw: JSON.stringify(source) },
  };
  const value = `import ${identifier} from ${JSON.stringify(source)};`;
  const node = {
    type: 'mdxjsEsm',
    value,
    data: { estree: { type: 'Program', sourceType: 'module', body: [declaration] } },
  };
  return node;
}
