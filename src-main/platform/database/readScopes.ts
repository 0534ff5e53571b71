/** A table of one SELECT, UPDATE or DELETE, under the name that its columns go by. */
interface ScopeTable {
	table: string;
	alias: string;
}

/** What a column is held to. `value`: a parameter or literal; `each`: is not null; `rows`: what a SELECT of its own gives. */
type Hold = { kind: 'value' } | { kind: 'each' } | { kind: 'rows'; of: Scope };

interface Mention {
	/** The table's name or alias; empty where the statement names none. */
	alias: string;
	column: string;
}

/** One SELECT, UPDATE or DELETE of a statement, with the tables it takes rows from and what must hold of them. */
export interface Scope {
	tables: ScopeTable[];
	/** The columns that every row must fit: those of the WHERE that stand under no OR and no NOT. */
	held: { at: Mention; to: Hold }[];
	/** Pairs of columns that must be equal, of joins and of the WHERE. */
	links: [Mention, Mention][];
	/** The one that this one is a part of. */
	outer: Scope | null;
}

/** Text between two parentheses, or the whole statement. */
interface Frame {
	scope: Scope;
	clause: Clause;
	/** What was found in it; given up where it turns out to be one of several possibilities. */
	held: Scope['held'];
	links: Scope['links'];
	isOptional: boolean;
	/** The frame is a SELECT of its own. */
	opensScope: boolean;
}

type Clause = 'other' | 'from' | 'on' | 'where' | 'filter';
type Token = { kind: 'name' | 'word' | 'value' | 'sign'; text: string };

const tokenForm =
	/\s+|--[^\n]*|\/\*[\s\S]*?\*\/|(?<value>'(?:[^']|'')*'|\d[\w.]*|\?\d*|[:@$]\w+)|"(?<quoted>(?:[^"]|"")*)"|`(?<ticked>[^`]*)`|\[(?<boxed>[^\]]*)\]|(?<word>[A-Za-z_]\w*)|(?<sign>[^\s\w])/g;

const clauses: Record<string, Clause> = { from: 'from', join: 'from', update: 'from', on: 'on', where: 'where' };
const otherClauses = new Set(['set', 'group', 'having', 'order', 'limit', 'returning', 'window', 'values', 'into']);
/** Words before a parenthesis that only groups. */
const groupers = new Set(['and', 'or', 'where', 'on', 'from', 'join', 'in']);
const compounds = new Set(['union', 'intersect', 'except']);
const notAliases = new Set([
	...Object.keys(clauses),
	...otherClauses,
	...compounds,
	...'left right full inner outer cross natural using indexed not'.split(' '),
]);

/**
 * Reads which tables each part of a statement takes rows from and what it holds them to.
 *
 * It knows as much of SQLite's language as that takes. What it does not understand it leaves out, so that whoever asks for a condition
 * does not find it.
 */
export function readScopes(sql: string): Scope[] {
	return new ScopeReader(tokenize(sql)).read();
}

class ScopeReader {
	readonly #tokens: readonly Token[];
	readonly #scopes: Scope[] = [];
	readonly #frames: Frame[] = [];
	#at = 0;

	constructor(tokens: readonly Token[]) {
		this.#tokens = tokens;
		this.#open(this.#newScope(null), true);
	}

	read(): Scope[] {
		for (; this.#at < this.#tokens.length; this.#at += 1) this.#take(this.#peek(0));
		while (this.#frames.length > 0) this.#close();
		return this.#scopes;
	}

	#take(token: Token): void {
		if (isSign(token, '(')) this.#openParenthesis();
		else if (isSign(token, ')')) this.#close();
		else if (isSign(token, ',') && this.#frame.clause === 'from') this.#readTable();
		else if (token.kind === 'word') this.#takeWord(token.text.toLowerCase());
		else if (token.kind === 'name') this.#takeColumn();
	}

	#takeWord(word: string): void {
		const frame = this.#frame;
		if (compounds.has(word)) this.#openSibling();
		else if (word === 'or') frame.isOptional ||= frame.clause === 'where' || frame.clause === 'on';
		else if (word === 'from' && this.#isWord(-1, 'distinct')) return;
		else if (otherClauses.has(word)) frame.clause = 'other';
		else if (word in clauses) this.#beginClause(clauses[word] ?? 'other');
		else if (frame.clause === 'where' || frame.clause === 'on') this.#takeColumn();
	}

	#beginClause(clause: Clause): void {
		if (this.#frame.clause === 'filter') return;
		this.#frame.clause = clause;
		if (clause === 'from') this.#readTable();
	}

	/** The table after FROM, JOIN, UPDATE or a comma, with its alias; a SELECT in its place is read by itself. */
	#readTable(): void {
		// UPDATE OR REPLACE, and ON CONFLICT DO UPDATE SET, which names none.
		if (this.#isWord(1, 'or')) this.#at += 2;
		const first = this.#peek(1);
		if (!isName(first) || this.#isWord(1, 'set')) return;
		this.#at += 1;
		if (isSign(this.#peek(1), '.')) this.#at += 2;
		const table = this.#peek(0).text;
		if (this.#isWord(1, 'as')) this.#at += 1;
		const next = this.#peek(1);
		const hasAlias = next.kind === 'name' || (next.kind === 'word' && !notAliases.has(next.text.toLowerCase()));
		if (hasAlias) this.#at += 1;
		this.#frame.scope.tables.push({ table, alias: hasAlias ? this.#peek(0).text : table });
	}

	/** A column in a condition, and what it is held to. */
	#takeColumn(): void {
		const { clause } = this.#frame;
		if (clause !== 'where' && clause !== 'on') return;
		const isDenied = this.#isWord(-1, 'not');
		const at = this.#readMention();
		if (isDenied) return;
		if (isSign(this.#peek(1), '=')) this.#takeEqual(at);
		else if (this.#isWord(1, 'in') && isSign(this.#peek(2), '(')) this.#hold(at, this.#isSelect(3) ? 'rows' : 'value');
		else if (this.#isWord(1, 'is') && this.#isWord(2, 'not') && this.#isWord(3, 'null')) this.#hold(at, 'each');
	}

	#takeEqual(at: Mention): void {
		const other = this.#peek(2);
		if (other.kind === 'value') this.#hold(at, 'value');
		else if (isSign(other, '(') && this.#isSelect(3)) this.#hold(at, 'rows');
		else if (isName(other)) {
			this.#at += 2;
			this.#frame.links.push([at, this.#readMention()]);
		}
	}

	#hold(at: Mention, kind: Hold['kind']): void {
		if (this.#frame.clause !== 'where') return;
		const { scope, held } = this.#frame;
		if (kind !== 'rows') held.push({ at, to: { kind } });
		else {
			while (!isSign(this.#peek(0), '(')) this.#at += 1;
			held.push({ at, to: { kind, of: this.#open(this.#newScope(scope), true).scope } });
		}
	}

	/** `column` or `table.column`; ends at its last word. */
	#readMention(): Mention {
		const first = this.#peek(0).text;
		if (!isSign(this.#peek(1), '.')) return { alias: '', column: first };
		this.#at += 2;
		return { alias: first, column: this.#peek(0).text };
	}

	#openParenthesis(): void {
		const { scope, clause } = this.#frame;
		const before = this.#peek(-1);
		if (this.#isSelect(1)) this.#open(this.#newScope(scope), true);
		else {
			// `filter (where …)` narrows what is counted, not what is read.
			const frame = this.#open(scope, false, isWordToken(before, 'filter') ? 'filter' : clause);
			// A function's arguments, and what NOT denies, need not hold.
			frame.isOptional = isName(before) && !groupers.has(before.text.toLowerCase());
			if (clause === 'from' && isName(this.#peek(1))) this.#readTable();
		}
	}

	#openSibling(): void {
		const { scope } = this.#frame;
		const { opensScope } = this.#frame;
		this.#settle();
		this.#open(this.#newScope(scope.outer), opensScope);
	}

	#open(scope: Scope, opensScope: boolean, clause: Clause = 'other'): Frame {
		const frame: Frame = { scope, clause, held: [], links: [], isOptional: false, opensScope };
		this.#frames.push(frame);
		return frame;
	}

	#close(): void {
		if (this.#frames.length > 0) this.#settle();
	}

	/** Hands what a frame found to the one around it, or to its own part of the statement. */
	#settle(): void {
		const frame = this.#frames.pop();
		if (!frame || frame.isOptional) return;
		const to = frame.opensScope ? frame.scope : this.#frame;
		to.held.push(...frame.held);
		to.links.push(...frame.links);
	}

	#newScope(outer: Scope | null): Scope {
		const scope: Scope = { tables: [], held: [], links: [], outer };
		this.#scopes.push(scope);
		return scope;
	}

	get #frame(): Frame {
		// A statement with more closing parentheses than opening ones is none; SQLite refuses it.
		return this.#frames.at(-1) ?? this.#open(this.#newScope(null), true);
	}

	#peek(ahead: number): Token {
		return this.#tokens[this.#at + ahead] ?? { kind: 'sign', text: '' };
	}

	#isWord(ahead: number, word: string): boolean {
		return isWordToken(this.#peek(ahead), word);
	}

	#isSelect(ahead: number): boolean {
		return this.#isWord(ahead, 'select') || this.#isWord(ahead, 'with') || this.#isWord(ahead, 'values');
	}
}

function tokenize(sql: string): Token[] {
	const tokens: Token[] = [];
	for (const { groups = {} } of sql.matchAll(tokenForm)) {
		const { value, quoted, ticked, boxed, word, sign } = groups;
		const name = quoted?.replaceAll('""', '"') ?? ticked ?? boxed;
		if (name !== undefined) tokens.push({ kind: 'name', text: name });
		else if (word !== undefined) tokens.push({ kind: 'word', text: word });
		else if (value !== undefined) tokens.push({ kind: 'value', text: value });
		else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
	}
	return tokens;
}

function isSign(token: Token, sign: string): boolean {
	return token.kind === 'sign' && token.text === sign;
}

function isWordToken(token: Token, word: string): boolean {
	return token.kind === 'word' && token.text.toLowerCase() === word;
}

function isName(token: Token): boolean {
	return token.kind === 'name' || token.kind === 'word';
}
