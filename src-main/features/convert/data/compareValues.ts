import type { ValueDifference } from '#contract/convertReport.ts';
import { dataPath, type Step } from '../../../platform/formats/dataPath.ts';
import type { Mapping, Sequence, Value } from '../../../platform/formats/middle.ts';
import { keyText } from './plainOf.ts';
import type { SourceData } from './readData.ts';

const longestShown = 200;

/** What differs between two sources as values: numbers by what they are and not by how they are written, mappings by their keys in any order, lists in theirs. */
export function compareValues(left: SourceData, right: SourceData, most: number): { differences: ValueDifference[]; total: number } {
	const comparison = new Comparison(left, right, most);
	comparison.values(left.root, right.root, []);
	return { differences: comparison.differences, total: comparison.total };
}

class Comparison {
	readonly differences: ValueDifference[] = [];
	total = 0;
	readonly #left: SourceData;
	readonly #right: SourceData;
	readonly #most: number;

	constructor(left: SourceData, right: SourceData, most: number) {
		this.#left = left;
		this.#right = right;
		this.#most = most;
	}

	values(left: Value, right: Value, steps: Step[]): void {
		if (left.kind === 'mapping' && right.kind === 'mapping') this.#mappings(left, right, steps);
		else if (left.kind === 'sequence' && right.kind === 'sequence') this.#sequences(left, right, steps);
		else if (!isSame(left, right)) this.#add('changed', left, right, steps);
	}

	#mappings(left: Mapping, right: Mapping, steps: Step[]): void {
		const others = new Map(right.entries.map(({ key, value }) => [keyText(key), value]));
		const own = new Map(left.entries.map(({ key, value }) => [keyText(key), value]));
		for (const [key, value] of own) {
			const other = others.get(key);
			if (other === undefined) this.#add('removed', value, null, [...steps, key]);
			else this.values(value, other, [...steps, key]);
		}
		for (const [key, value] of others) if (!own.has(key)) this.#add('added', null, value, [...steps, key]);
	}

	/** What both begin and end with is left aside; between that, items are compared in their order and what is left over is added or removed. */
	#sequences({ items: left }: Sequence, { items: right }: Sequence, steps: Step[]): void {
		const shorter = Math.min(left.length, right.length);
		let first = 0;
		while (first < shorter && isSame(left[first], right[first])) first += 1;
		let last = 0;
		while (last < shorter - first && isSame(left[left.length - 1 - last], right[right.length - 1 - last])) last += 1;
		const [leftEnd, rightEnd] = [left.length - last, right.length - last];
		for (let at = first; at < Math.max(leftEnd, rightEnd); at++) {
			const [one, other] = [at < leftEnd ? left[at] : undefined, at < rightEnd ? right[at] : undefined];
			if (one && other) this.values(one, other, [...steps, at]);
			else this.#add(one ? 'removed' : 'added', one ?? null, other ?? null, [...steps, at]);
		}
	}

	#add(kind: ValueDifference['kind'], left: Value | null, right: Value | null, steps: Step[]): void {
		this.total += 1;
		if (this.differences.length >= this.#most) return;
		const lineOf = ({ placeOf }: SourceData, value: Value | null) => (value?.at === undefined ? null : (placeOf(value.at)?.line ?? null));
		this.differences.push({
			...{ path: dataPath(steps), kind, left: left && shown(left), right: right && shown(right) },
			...{ leftLine: lineOf(this.#left, left), rightLine: lineOf(this.#right, right) },
		});
	}
}

function isSame(left: Value | undefined, right: Value | undefined): boolean {
	if (left === undefined || right === undefined) return false;
	if (left.kind === 'mapping' && right.kind === 'mapping') {
		const own = new Map(left.entries.map(({ key, value }) => [keyText(key), value]));
		const others = new Map(right.entries.map(({ key, value }) => [keyText(key), value]));
		return own.size === others.size && [...own].every(([key, value]) => isSame(value, others.get(key)));
	}
	if (left.kind === 'sequence' && right.kind === 'sequence')
		return left.items.length === right.items.length && left.items.every((item, at) => isSame(item, right.items[at]));
	if (left.kind === 'number' && right.kind === 'number') return left.literal === right.literal || isSameNumber(left.literal, right.literal);
	if ((left.kind === 'text' && right.kind === 'text') || (left.kind === 'boolean' && right.kind === 'boolean')) return left.value === right.value;
	return left.kind === 'null' && right.kind === 'null';
}

/** Whether two decimals are one number, however many digits they have: `1.10` and `11e-1`. */
export function isSameNumber(left: string, right: string): boolean {
	const [one, other] = [decimalOf(left), decimalOf(right)];
	return one !== null && other !== null && one.digits === other.digits && one.exponent === other.exponent && one.isNegative === other.isNegative;
}

/** The digits without zeros at either end, and the power of ten of the last one; -0 is 0. Null for what is no decimal. */
function decimalOf(literal: string): { isNegative: boolean; digits: string; exponent: bigint } | null {
	const parts = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,30}))?$/i.exec(literal);
	if (!parts) return null;
	const [, sign = '', whole = '', fraction = '', power = '0'] = parts;
	const all = (whole + fraction).replace(/^0+/, '');
	const digits = all.replace(/0+$/, '');
	if (digits === '') return { isNegative: false, digits: '0', exponent: 0n };
	return { isNegative: sign === '-', digits, exponent: BigInt(power) - BigInt(fraction.length) + BigInt(all.length - digits.length) };
}

function shown(value: Value): string {
	return written(value, longestShown).slice(0, longestShown);
}

/** About so many characters of a value as JSON. */
function written(value: Value, most: number): string {
	switch (value.kind) {
		case 'number':
			return value.literal;
		case 'text':
			return JSON.stringify(value.value.slice(0, most));
		case 'boolean':
			return String(value.value);
		case 'sequence':
			return `[${joined(value.items, (item, left) => written(item, left), most)}]`;
		case 'mapping':
			return `{${joined(value.entries, ({ key, value: inner }, left) => `${JSON.stringify(keyText(key))}: ${written(inner, left)}`, most)}}`;
		default:
			return 'null';
	}
}

function joined<Item>(items: readonly Item[], write: (item: Item, left: number) => string, most: number): string {
	let text = '';
	for (const [at, item] of items.entries()) {
		if (text.length >= most) return `${text}, …`;
		text += `${at > 0 ? ', ' : ''}${write(item, most - text.length)}`;
	}
	return text;
}
