import type { LlamaGrammar, LlamaModel } from 'node-llama-cpp';
import type { CallSyntax } from './CallSyntax.ts';
import { mostCalls } from './hostContract.ts';
import { JsonEnd } from './JsonEnd.ts';
import type { PassageEnd, Passages } from './Passages.ts';
import { TokenText } from './TokenText.ts';
import type { AnswerOut } from './writeAnswer.ts';

/** What a model may call in an answer, and how. */
export interface CallPlan {
	syntax: CallSyntax;
	/** By name, the grammar of a function's arguments; null: it takes none. At least one. */
	functions: ReadonlyMap<string, LlamaGrammar | null>;
	/** For the name of one of several. */
	names: LlamaGrammar | null;
	/** It must call, and does nothing else. */
	isForced: boolean;
	/** It may call several at once. */
	isParallel: boolean;
}

/** White space that a model may write before it shows whether it calls once more. */
const mostBeforeNext = 8;

/**
 * Writes the calls of an answer: each a name out of those offered and arguments of its schema, by a grammar; what stands around them is put
 * there as the model's template has it.
 */
export async function writeCalls(model: LlamaModel, plan: CallPlan, passages: Passages, out: AnswerOut): Promise<PassageEnd> {
	for (let at = 0; ; at++) {
		passages.put(plan.syntax.begin(at));
		const end = await writeCall(model, plan, passages, { ...out, at });
		if (end !== 'taken') return end;
		const { furtherMark } = plan.syntax;
		if (!plan.isParallel || furtherMark === null || at + 1 >= mostCalls) return 'stop';
		const goesOn = await callsAgain(model, furtherMark, passages);
		// What was called is whole, whatever kept it from more.
		if (goesOn !== 'taken') return goesOn === 'aborted' ? goesOn : 'stop';
	}
}

async function writeCall(
	model: LlamaModel,
	{ syntax, functions, names }: CallPlan,
	passages: Passages,
	{ push, meter, at }: AnswerOut & { at: number },
): Promise<PassageEnd> {
	let [name = ''] = functions.keys();
	if (names) {
		const from = passages.context.length;
		const text = new TokenText(model, passages.context);
		let said = '';
		const end = await passages.write(({ token }) => {
			said += text.push(token);
			return said.includes(syntax.nameEnd);
		}, names);
		if (end !== 'taken') return end;
		passages.cut(from);
		name = said.slice(0, said.indexOf(syntax.nameEnd)).trim();
	}
	passages.put(syntax.name(name));
	const tell = (json: string) => push({ type: 'call', at, name, text: json, usage: meter.usage() });
	tell('');
	const grammar = functions.get(name);
	if (!grammar) {
		passages.put(syntax.noArguments);
		tell('{}');
	} else {
		const text = new TokenText(model, passages.context);
		const json = new JsonEnd();
		const end = await passages.write(({ token }) => {
			const piece = json.push(text.push(token));
			if (piece.text !== '') tell(piece.text);
			return piece.ended;
		}, grammar);
		if (end !== 'taken') return end;
	}
	passages.put(syntax.end(name));
	return 'taken';
}

/** `taken` where the model, free to end, begins another call; that beginning is taken back. */
async function callsAgain(model: LlamaModel, mark: string, passages: Passages): Promise<PassageEnd> {
	const from = passages.context.length;
	let said = '';
	let isCall = false;
	let tokens = 0;
	const end = await passages.write(({ token }) => {
		said = (said + model.detokenize([token], true)).trimStart();
		isCall = said !== '' && said.startsWith(mark);
		return isCall || !mark.startsWith(said) || ++tokens > mostBeforeNext + mark.length;
	});
	passages.cut(from);
	return end === 'taken' && !isCall ? 'stop' : end;
}
