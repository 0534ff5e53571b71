import { findQuantities, type Quantity } from './findQuantities.ts';

/** What an answer gives as its result; `others` are the other numbers in it that are no part of the working. */
export type Choice =
	| { kind: 'chosen'; quantity: Quantity; others: readonly Quantity[]; contested: boolean }
	| { kind: 'none' }
	/** Several things may be meant, and nothing says which. */
	| { kind: 'several'; quantities: readonly Quantity[] };

const marks = {
	strong: /\b(?:answer|ans|result|therefore|thus|hence|finally|so|total|altogether)\b|∴|答案|结果|所以|因此|答(?=[:是为\s\d-])|综上|最后|总共|一共|共/giu,
	sign: /=|≈|≒|≅|->|→|⇒|\b(?:is|are|was|be|equals?|equal to|gives?|makes?|get|gets|got|have|leaves|comes to|it's|that's)\b|等于|是|为(?!什么|了)|得(?:到|出)?|约|有/giu,
	because: /\b(?:because|since|as|for|where|which|using|check)\b|因为|由于|根据|利用|验算|检验/giu,
	end: /[!?\n]|\.(?!\d)|;/gu,
};
type MarkKind = keyof typeof marks;

/** Words that turn what stands beside them round, or leave it open. */
const open =
	/\bnot\b|n't\b|never|≠|!=|[<>≤≥±]|\b(?:cannot|never|if it|would|page|between|more than|less than|greater than|at least|at most|under|over|except|wrong|incorrect|squared|cubed|doubled|halved|dozen|sure|don't know|guess)\b|不是|不可能|不会|不应|不该|不能|吗|不等于|并非|不对|没有|不知道|不确定|错|猜|大于|小于|至少|至多|不到|超过|以上|以下/iu;

interface Claim {
	quantity: Quantity;
	strong: boolean;
	letter: string;
}

/**
 * The number that an answer ends up with: what stands after its last "=", "is" or "是", or the only number there is.
 *
 * What explains it ("because 3×4 = 12") is passed over. `contested` says that something else in the answer speaks for another result, or
 * against this one, so that it should not be taken as right.
 */
export function chooseResult(text: string): Choice {
	const plain = withoutLabels(text);
	const all = findQuantities(plain);
	const { claims, extras, asides } = readClaims(plain, all);
	const last = claims.at(-1);
	const literals = all.filter(({ isOperand }) => !isOperand);
	if (!last) return soleQuantity(plain, literals);
	const { quantity } = last;
	if (quantity.isOperand) return { kind: 'several', quantities: literals };
	const others = literals.filter((other) => other !== quantity);
	const rivals = [...extras.filter(({ start }) => start > quantity.start), ...claims.filter(({ strong }) => strong).map((claim) => claim.quantity)];
	const letters = claims.filter(({ letter, quantity: of }) => letter !== '' && letter !== last.letter && !isSame(of, quantity));
	const contested =
		(last.letter !== '' && letters.length > 0) ||
		rivals.some((rival) => !asides.includes(rival) && !rival.isOperand && !isSame(rival, quantity)) ||
		open.test(sentenceAround(plain, quantity));
	return { kind: 'chosen', quantity, others, contested };
}

/** `1. `, `(2)`, `Question 3:` and `第4题：` before an answer are not numbers of it. */
function withoutLabels(text: string): string {
	return text.replace(
		/^[ \t]*(?:\(\d{1,2}\)|\d{1,2}[.)](?=\s))(?=\s*[^\s*/+=-])|\b(?:q|no\.?|question|step|part|ex|exercise|problem)\s*\d{1,2}\s*[.:)]?|第\s*[\d一二三四五六七八九十]{1,3}\s*[题步个][:,]?/gimu,
		(label) => ' '.repeat(label.length),
	);
}

function readClaims(text: string, quantities: readonly Quantity[]) {
	const found = (Object.keys(marks) as MarkKind[]).flatMap((kind) =>
		[...text.matchAll(marks[kind])].map((match) => ({ kind, start: match.index, end: match.index + match[0].length, text: match[0] })),
	);
	const events = [
		...found,
		...quantities.map((quantity) => ({ kind: 'quantity' as const, start: quantity.start, end: quantity.end, quantity, text: '' })),
	].sort((a, b) => a.start - b.start);
	const claims: Claim[] = [];
	const [extras, asides]: [Quantity[], Quantity[]] = [[], []];
	let [pending, strong, aside, told, letter, chained] = [false, false, false, false, '', false];
	let before: Quantity | null = null;
	let covered = 0;
	for (const event of events) {
		// A dot or a sign inside a number is no mark.
		if (event.start < covered) continue;
		switch (event.kind) {
			case 'end':
				[aside, told, chained] = [false, false, false];
				if (event.text !== '\n' && !strong) pending = false;
				if (event.text !== '\n') before = null;
				break;
			case 'because':
				aside ||= told;
				break;
			case 'strong':
				[pending, strong, aside] = [true, true, false];
				break;
			case 'sign':
				pending = true;
				chained = false;
				letter = /(?:^|[^\w])([a-zA-Z])\s*$/u.exec(text.slice(Math.max(0, event.start - 6), event.start))?.[1] ?? letter;
				break;
			case 'quantity': {
				const { quantity } = event;
				covered = event.end;
				if (aside) asides.push(quantity);
				else if (pending) {
					const reversed: Quantity | null = quantity.isOperand && before && !before.isOperand && isJustBefore(text, before, quantity) ? before : null;
					claims.push({ quantity: reversed ?? quantity, strong, letter });
					chained = quantity.isOperand;
					// What is still to be worked out passes its weight on to what it comes to.
					[pending, told, letter] = [false, true, ''];
					strong &&= quantity.isOperand;
				} else {
					told = true;
					if (!chained || !quantity.isOperand) extras.push(quantity);
				}
				before = quantity;
			}
		}
	}
	return { claims, extras, asides };
}

/** `14 = 2+12` says 14. */
function isJustBefore(text: string, before: Quantity, after: Quantity): boolean {
	return /^\s*=\s*[-(√]*\s*$/u.test(text.slice(before.end, after.start));
}

function soleQuantity(text: string, literals: readonly Quantity[]): Choice {
	const [only, ...others] = literals;
	if (!only) return { kind: 'none' };
	if (others.some((other) => !isSame(other, only))) return { kind: 'several', quantities: literals };
	const rest = text.slice(0, only.start) + text.slice(only.end);
	const words = (rest.match(/[a-zA-Z']+/gu) ?? []).length + (rest.match(/\p{Script=Han}/gu) ?? []).length / 2;
	// In a longer sentence a number by itself may be about anything.
	if (words > 4) return { kind: 'several', quantities: literals };
	return { kind: 'chosen', quantity: only, others, contested: open.test(text) || /[+*/^=]/u.test(rest) };
}

function sentenceAround(text: string, { start, end }: Quantity): string {
	const from = Math.max(...['\n', '!', '?', ';', '. '].map((stop) => text.lastIndexOf(stop, start - 1)));
	const to = text.slice(end).search(/[!?;\n]|\.(?!\d)/u);
	return text.slice(from + 1, to < 0 ? text.length : end + to);
}

function isSame(a: Quantity, b: Quantity): boolean {
	const [x, y] = [a.readings[0].number, b.readings[0].number];
	return Math.abs(x - y) <= 1e-9 * Math.max(Math.abs(x), Math.abs(y)) && a.unit === b.unit;
}
