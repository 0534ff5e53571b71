/**
 * The convention by which markup becomes data and data markup, in one place. `toData` and `toMarkup` follow it both ways.
 *
 * | markup                                   | data                                                                              |
 * | ---------------------------------------- | --------------------------------------------------------------------------------- |
 * | `<a>…</a>` as the root                   | `{"a": …}`                                                                        |
 * | `<a>text</a>`, `<a/>`                    | `"text"`, `""`                                                                    |
 * | `<a b="1"><c>2</c></a>`                  | `{"@b": "1", "c": "2"}`                                                           |
 * | `<a b="1">text</a>`                      | `{"@b": "1", "#text": "text"}`                                                    |
 * | `<c>1</c><c>2</c>`                       | `"c": ["1", "2"]`; a name that is repeated anywhere at a path is a list wherever it stands there |
 * | `one <b>two</b> three`                   | `{"#content": ["one ", {"b": "two"}, " three"]}`                                  |
 * | `<?target text?>`                        | `"?target": "text"`                                                               |
 * | `<!-- … -->`                             | a comment where the target has them; `"#comment"` on request and in `#content`    |
 * | `<![CDATA[…]]>`                          | text; `"#cdata"` on request and when `whole`                                      |
 * | `p:name`, `xmlns:p="…"`                  | `"p:name"`, `"@xmlns:p": "…"`                                                     |
 * | white space between elements             | nothing, unless `whole` or under `xml:space="preserve"`                           |
 *
 * A key that is no name of XML has its characters escaped as `_xHHHH_`, and the empty key is `_x_` (`escapedName`).
 *
 * What data says and elements do not is told by marks: attributes of the namespace `markNamespace`, written only where the rules above would
 * read something else.
 *
 * | mark              | says                                                                                    |
 * | ----------------- | --------------------------------------------------------------------------------------- |
 * | `list="only"`     | the only item of a list                                                                 |
 * | `list="none"`     | no item of a list, though others at this path are                                       |
 * | `list="empty"`    | stands for an empty list                                                                |
 * | `type="list"`     | a list in a list, or at the root: its elements are the items                            |
 * | `map="true"`      | a mapping without attributes and elements                                               |
 * | `type="null"`     | nothing                                                                                 |
 * | `type="content"`, `type="mixed"` | a `#content`: of elements alone, or with its text as it stands           |
 * | `type="number"` … | what the text is (`marks: 'types'` alone)                                               |
 * | `escaped="true"`  | characters that XML cannot hold are `_xHHHH_` in the text                               |
 * | `root="added"`    | the root element is not of the data                                                     |
 */
export interface MarkupConvention {
	/** Before the name of an attribute. */
	attributePrefix?: string;
	/** The text of an element that has attributes. */
	textKey?: string;
	/** The list of what stands in an element, in its order. */
	contentKey?: string;
	commentKey?: string;
	cdataKey?: string;
	doctypeKey?: string;
	/** Before the target of an instruction. */
	instructionPrefix?: string;
	/** What the root is called where the data has no single name for it, and the items of lists in lists. */
	rootName?: string;
	itemName?: string;
	/** Elements that are lists however many there are: `/library/book`, or `book` wherever it stands. */
	listsOf?: readonly string[];
	/** Elements between which others stand: `group` brings those of one name together and says so, `order` makes a `#content` of them. */
	siblings?: 'group' | 'order';
	/** `carry` leaves them to the target as comments. */
	comments?: 'carry' | 'key' | 'drop';
	cdata?: 'text' | 'key';
	instructions?: 'key' | 'drop';
	/** `strip` takes prefixes and declarations away. */
	namespaces?: 'keep' | 'strip';
	/** Texts that are numbers, `true` or `false` of JSON become those, with their digits as written; `007` stays a text. */
	types?: boolean;
	/** What is marked in markup made of data: nothing, its structure (the usual), or also the types of its scalars. */
	marks?: 'none' | 'structure' | 'types';
	/** Keeps all that is in the markup: order, comments, sections, white space, the document type. Nearly every element is a `#content`. */
	whole?: boolean;
}

export type Convention = Required<MarkupConvention>;

/** The convention with what an order leaves out. */
export function conventionOf(given: MarkupConvention = {}): Convention {
	return {
		attributePrefix: '@',
		textKey: '#text',
		contentKey: '#content',
		commentKey: '#comment',
		cdataKey: '#cdata',
		doctypeKey: '#doctype',
		instructionPrefix: '?',
		rootName: 'root',
		itemName: 'item',
		listsOf: [],
		siblings: 'group',
		comments: 'carry',
		cdata: 'text',
		instructions: 'key',
		namespaces: 'keep',
		types: false,
		marks: given.whole ? 'none' : 'structure',
		whole: false,
		...given,
	};
}

/** Of the attributes that mark what elements alone do not say. */
export const markNamespace = 'urn:homeroom:data';
