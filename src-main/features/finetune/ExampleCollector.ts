import { createHash, hash } from 'node:crypto';
import { failure } from '#contract/errors.ts';
import type { DatasetProblem, ExampleTurn } from '#contract/finetune.ts';
import { checkTurns, type Refusal, refusal } from './checkTurns.ts';

export const datasetLimits = { bytes: 67_108_864, examples: 200_000 };

/** All further ones are counted alone. */
const keptProblems = 10_000;

/** An example, and where it stood in its source. */
export interface SourceExample {
	row: number;
	turns: ExampleTurn[];
}

/** Gathers the examples of a source: each once, and what is wrong with the others. */
export class ExampleCollector {
	readonly examples: SourceExample[] = [];
	readonly problems: DatasetProblem[] = [];
	refusedCount = 0;
	duplicateCount = 0;
	characters = 0;
	/** The row of each example, by what it says. */
	readonly #rows = new Map<string, number | null>();
	readonly #digest = createHash('sha256');

	/** Takes examples that are kept already, as they are; what comes later and says the same is a duplicate. */
	keep(example: SourceExample): void {
		this.#add(example, keyOf(example.turns), null);
	}

	/**
	 * Takes a chat as an example, or tells what is wrong with it.
	 *
	 * @param fieldOf the field of a turn by its number from 0.
	 * @throws DATASET_INVALID (`tooMany`) where there would be more examples than one version can have.
	 */
	take(row: number, given: readonly ExampleTurn[], fieldOf: (index: number) => string | null): void {
		const checked = checkTurns(given, fieldOf);
		if ('code' in checked) this.refuse(row, checked);
		else {
			const key = keyOf(checked.turns);
			const first = this.#rows.get(key);
			if (first === undefined) this.#add({ row, turns: checked.turns }, key, row);
			else {
				this.duplicateCount++;
				this.#tell(row, refusal('duplicate', null, first === null ? '' : String(first)));
			}
		}
	}

	/** Leaves something out, and tells why. */
	refuse(row: number, why: Refusal): void {
		this.refusedCount++;
		this.#tell(row, why);
	}

	/** Leaves a whole file out, and tells which; its rows are not counted, since nobody has read them. */
	refuseFile(fileName: string, code: 'unpairedFile' | 'noSubtitles'): void {
		this.#tell(null, refusal(code, fileName));
	}

	/** SHA-256 of the examples gathered so far, in their order. */
	digest(): string {
		return this.#digest.copy().digest('hex');
	}

	#add(example: SourceExample, key: string, row: number | null): void {
		if (this.examples.length >= datasetLimits.examples) throw failure('DATASET_INVALID', { row: example.row, field: null, reason: 'tooMany' });
		this.#rows.set(key, row);
		this.#digest.update(`${JSON.stringify(example.turns)}\n`);
		this.examples.push(example);
		for (const { content } of example.turns) this.characters += content.length;
	}

	#tell(row: number | null, { code, field, detail }: Refusal): void {
		if (this.problems.length < keptProblems) this.problems.push({ row, field, code, detail });
	}
}

/** What is the same for two chats that say the same but for the white space around each turn. */
function keyOf(turns: readonly ExampleTurn[]): string {
	const said = turns.map(({ role, content }) => [role, content.trim()]);
	return hash('sha256', JSON.stringify(said), 'base64');
}
