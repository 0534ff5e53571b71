import type { Price } from '#contract/ledger.ts';
import { likelyTokens, priceOf } from '#contract/priceOf.ts';
import type { FilmSpec } from './filmSpec.ts';
import type { CueRow } from './projectRows.ts';
import { batchTurns, glossaryTurns, type SubtitlePrompts } from './translatePrompt.ts';

/** What the key and the quotes of one translation take. */
const keyTokens = 8;
/** The terms of a part of a film. */
const termTokens = 150;
/** A translation may be longer than what it translates, and some are asked for twice. */
const margin = 1.3;
/** A batch is begun with such a part of what it is likely to need: some tokenizers hold a text in a few tokens. */
const leastFraction = 0.25;
/** Of a film, which is said in much the same words from end to end; counted in a moment. */
const countedCharacters = 20_000;

/** What is likely to be used for the batches of a film, before a model has seen them. */
export interface FilmCost {
	/** What all batches cost, each of them a request. */
	tokens: number;
	/** What the first one costs. */
	first: number;
	/** What there must be to begin with it. */
	least: number;
}

/** How many tokens of a model the texts of a film are, for each that their letters tell. */
export interface TokenRatios {
	/** Of what is said in it. */
	said: number;
	/** Of what is asked with each batch. */
	asked: number;
}

/** About what these batches of a film cost, by their letters; with `ratios` by what a model makes of those. `rows`: all cues of the film. */
export function filmCost(
	prompts: SubtitlePrompts,
	spec: FilmSpec,
	batches: FilmSpec['batches'],
	rows: readonly CueRow[],
	price: Price,
	ratios: TokenRatios = { said: 1, asked: 1 },
): FilmCost {
	const places = new Map(rows.map(({ id }, at) => [id, at]));
	const shared = likelyTokens(sharedText(prompts, spec)) * ratios.asked;
	const lengths = rows.map(({ source }) => likelyTokens(source) * ratios.said);
	const used = batches.map(({ cueIds }) => {
		const own = cueIds.flatMap((id) => places.get(id) ?? []);
		const [first = 0, last = 0] = [own[0], own.at(-1)];
		const sum = (from: number, to: number) => lengths.slice(Math.max(0, from), to).reduce((total, length) => total + length + keyTokens, 0);
		const said = own.reduce((total, at) => total + (lengths[at] ?? 0) + keyTokens, 0);
		if (spec.pass === 'glossary') return shared + said + termTokens;
		return shared + 2 * sum(first - spec.windowCues, first) + sum(last + 1, last + 1 + spec.windowCues) + said + margin * said;
	});
	const costs = used.map((each) => priceOf(price, Math.ceil(each)));
	const [first = 0] = costs;
	const least = used[0] === undefined ? 0 : Math.min(first, priceOf(price, Math.ceil(used[0] * leastFraction)));
	return { tokens: costs.reduce((total, each) => total + each, 0), first, least };
}

/** Counts a part of what a film's batches hold with `count`, a model's own tokenizer. Throws what that does. */
export async function countRatios(
	prompts: SubtitlePrompts,
	spec: FilmSpec,
	rows: readonly CueRow[],
	count: (text: string) => Promise<number>,
): Promise<TokenRatios> {
	const ratioOf = async (text: string) => (text === '' ? 1 : (await count(text)) / likelyTokens(text));
	const said = rows.map(({ source }) => source).join('\n');
	return { said: await ratioOf(said.slice(0, countedCharacters)), asked: await ratioOf(sharedText(prompts, spec)) };
}

function sharedText(prompts: SubtitlePrompts, spec: FilmSpec): string {
	const none = { before: [], after: [], terms: [], memory: [], hint: '' };
	const turns = spec.pass === 'glossary' ? glossaryTurns(prompts, spec, [], []) : batchTurns(prompts, spec, [], none);
	return turns.map(({ content }) => content).join('\n');
}
