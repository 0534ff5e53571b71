import { readExamples } from './exampleFile.ts';
import { planRows } from './planRows.ts';
import type { Example, Row } from './Row.ts';
import type { TrainOrder } from './trainerContract.ts';

/** What a training works on. */
export interface OrderRows {
	examples: readonly Example[];
	/** How many examples the rows of `validation` are. */
	heldOut: number;
	validation: readonly Row[];
	general: readonly Row[];
	/** Tokens of the longest row that any of them makes. */
	mostTokens: number;
}

/** Reads the files of an order for a model of so many tokens. What is wrong with one is refused (`badInput`). */
export async function readRows(
	{ trainingFile, validationFile, generalFile, settings }: Pick<TrainOrder, 'trainingFile' | 'validationFile' | 'generalFile' | 'settings'>,
	vocabulary: number,
): Promise<OrderRows> {
	const examples = await readExamples(trainingFile, vocabulary);
	const heldOut = validationFile === null ? [] : await readExamples(validationFile, vocabulary);
	const plan = { mostTokens: settings.rowTokens, packing: true, seed: 0 };
	const validation = planRows(heldOut, 0, plan);
	const general = planRows(everyToken(await readExamples(generalFile, vocabulary), settings.rowTokens), 0, plan);
	const measured = [...validation, ...general].map(({ tokens }) => Math.min(settings.rowTokens, tokens.length));
	return { examples, heldOut: heldOut.length, validation, general, mostTokens: Math.max(longestRow(examples, settings), ...measured) };
}

/** Of general text every token is measured; what is longer than a row is cut. */
function everyToken(texts: readonly Example[], mostTokens: number): Example[] {
	const pieces = texts.flatMap(({ tokens }) =>
		Array.from({ length: Math.ceil(tokens.length / mostTokens) }, (_, i) => tokens.slice(i * mostTokens, (i + 1) * mostTokens)),
	);
	return pieces.map((tokens) => ({ tokens, learnt: tokens.map(() => true) }));
}

function longestRow(examples: readonly Example[], { rowTokens, packing }: TrainOrder['settings']): number {
	const lengths = examples.map(({ tokens }) => tokens.length);
	const longest = packing ? lengths.reduce((sum, length) => sum + length, 0) : lengths.reduce((most, length) => Math.max(most, length), 0);
	return Math.max(1, Math.min(rowTokens, longest));
}
