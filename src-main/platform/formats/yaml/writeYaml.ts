import { Alias as AliasNode, type Node, Pair, Scalar as ScalarNode, YAMLMap, YAMLSeq, Document as YamlDocument } from 'yaml';
import type { Aside, Carried, Document, Numeral, Reading, Scalar, Value } from '../middle.ts';
import type { WriteOptions } from '../options.ts';
import { numberLiteral } from './numberLiteral.ts';
import { scalarStyles, Verbatim, writingTags } from './schema.ts';

/**
 * Writes data as YAML 1.2, one document after another. A text that YAML 1.1 would take for something else (`no`, `012`, `1:30`) is quoted, so
 * that it stays a text in every reader. Nothing is folded: a line is as long as its text.
 */
export function writeYaml({ documents }: Reading, { indent = 2 }: WriteOptions = {}): string {
	return documents.map((document, index) => writeDocument(document, indent, index === 0, documents[index + 1])).join('');
}

function writeDocument({ root, prolog, epilog, declaration }: Document, indent: number | 'tab', isFirst: boolean, next: Document | undefined): string {
	if (root === undefined) return `${commentLines([...(prolog ?? []), ...(epilog ?? [])])}${next || !isFirst ? '...\n' : ''}`;
	const document = new YamlDocument<Node, false>(undefined, {
		version: '1.2',
		schema: 'core',
		compat: 'yaml-1.1',
		customTags: writingTags,
		resolveKnownTags: false,
		logLevel: 'silent',
	});
	document.contents = writeNode(root);
	document.commentBefore = commentOf(prolog);
	document.comment = commentOf(epilog);
	declare(document, declaration);
	if (!isFirst) document.directives.docStart = true;
	// A comment behind a document, or a declaration before the next one, needs the mark of the end between.
	if (next && (epilog?.length || next.declaration !== undefined || next.prolog?.length || next.root === undefined)) document.directives.docEnd = true;
	const text = document.toString({
		indent: indent === 'tab' ? 8 : Math.max(indent, 1),
		...{ lineWidth: 0, verifyAliasOrder: false },
		// Parted at its line ends, a quoted text with a blank before one would not be read as it was.
		doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
	});
	return text.endsWith('\n') ? text : `${text}\n`;
}

function declare({ directives }: YamlDocument<Node, false>, declaration: string | undefined): void {
	for (const [, handle = '', prefix = ''] of declaration?.matchAll(/^%TAG (\S+) (\S+)$/gm) ?? []) directives.tags[handle] = prefix;
	const [, version] = /^%YAML (1\.[12])$/m.exec(declaration ?? '') ?? [];
	if (version === '1.1' || version === '1.2') directives.yaml = { explicit: true, version };
}

function commentLines(asides: readonly Aside[]): string {
	return asides.map((aside) => (aside.kind === 'comment' ? `#${aside.text}\n` : '')).join('');
}

function commentOf(asides: readonly Aside[] | undefined): string | null {
	const texts = asides?.flatMap((aside) => (aside.kind === 'comment' ? [aside.text] : [])) ?? [];
	return texts.length === 0 ? null : texts.join('\n');
}

function writeNode(value: Value): Node {
	const node = nodeOf(value);
	const { before, after, inside, anchor, tag } = value;
	if (before?.length) node.commentBefore = before.join('\n');
	const comment =
		value.kind === 'sequence' || value.kind === 'mapping' ? [...(inside ?? []), ...(after === undefined ? [] : [after])] : after === undefined ? [] : [after];
	if (comment.length > 0) node.comment = comment.join('\n');
	if (value.kind !== 'alias' && !(node instanceof AliasNode)) {
		if (anchor !== undefined) node.anchor = anchor;
		if (tag !== undefined) node.tag = tag;
	}
	return node;
}

function nodeOf(value: Value): AliasNode | ScalarNode | YAMLMap | YAMLSeq {
	switch (value.kind) {
		case 'alias':
			return new AliasNode(value.anchor);
		case 'sequence': {
			const sequence = new YAMLSeq();
			for (const item of value.items) sequence.items.push(writeNode(item));
			return styled(sequence, value);
		}
		case 'mapping': {
			const mapping = new YAMLMap();
			for (const { key, value: held } of value.entries) mapping.items.push(new Pair(writeNode(key), writeNode(held)));
			return styled(mapping, value);
		}
		case 'element':
			throw new TypeError('YAML does not hold elements.');
		default:
			return scalarNode(value);
	}
}

function styled<N extends YAMLMap | YAMLSeq>(node: N, { style }: Carried): N {
	if (style === 'flow' || node.items.length === 0) node.flow = true;
	return node;
}

function scalarNode(value: Scalar): ScalarNode {
	switch (value.kind) {
		case 'null':
			return new ScalarNode(null);
		case 'boolean':
			return new ScalarNode(value.value);
		case 'number':
			return new ScalarNode(new Verbatim(writtenNumber(value)));
		case 'binary':
			return new ScalarNode(value.bytes);
		case 'moment': {
			const node = new ScalarNode(new Verbatim(value.literal));
			node.tag = 'tag:yaml.org,2002:timestamp';
			return node;
		}
		case 'text': {
			const node = new ScalarNode(value.value);
			const { style } = value;
			// A byte order mark at the beginning of a text would be taken for one of the file.
			if (value.value.includes('\ufeff')) node.type = scalarStyles.double;
			else if (style !== undefined && style !== 'flow' && style !== 'block') node.type = scalarStyles[style];
			return node;
		}
	}
}

/** As it was written where YAML 1.2 reads the same number from it: `0x1F`, but not `1_000`, and not `012` for ten. */
function writtenNumber({ literal, written }: Numeral): string {
	if (written === undefined) return nonFinite[literal] ?? literal;
	if (/^[-+]?(?:0o[0-7]+|0x[0-9a-fA-F]+|[0-9]+)$/.test(written)) return decimal(written) === literal ? written : literal;
	const isFloat = /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?$/.test(written);
	return isFloat && numberLiteral(written, Number(written)).literal === literal ? written : literal;
}

function decimal(integer: string): string {
	const value = BigInt(integer.replace(/^[-+]/, ''));
	return integer.startsWith('-') ? `-${value}` : String(value);
}

const nonFinite: Record<string, string> = { inf: '.inf', '-inf': '-.inf', nan: '.nan' };
