import type { ApiSubtitleTask } from '#contract/apiTasks.ts';
import { convertOrder } from '#contract/convertOrder.ts';
import { failure, isFailure } from '#contract/errors.ts';
import { isJobOver } from '#contract/isJobOver.ts';
import { type SavedFormat, savedFormat, subtitleFormat } from '#contract/subtitleCue.ts';
import { projectFields, translateOrder } from '#contract/subtitles.ts';
import { Convert } from '../../convert/convert.ts';
import { chargedToJob, type TokenUse } from '../../ledger/ledger.ts';
import type { Payment, Receipt } from '../Payments.ts';
import { type ApiTools, answered, endedBy, on } from './apiTools.ts';
import { homeworkOrder, shownGrade } from './homeworkOrder.ts';

export function taskHandlers(tools: ApiTools) {
	const { tasks } = on;
	const { convert, grading, subtitles, names, payments, places, ledger, keyedJobs } = tools;
	return tasks.router({
		formats: tasks.formats.handler(() =>
			answered({
				convert: Convert.formats.map(({ name, extensions, mime, isText }) => ({ name, extensions, mime, is_text: isText })),
				subtitle: { input: [...subtitleFormat.options], output: [...savedFormat.options] },
			}),
		),
		convert: tasks.convert.handler(async ({ context, input, signal }) => {
			const order = convertOrder.parse({
				...{ from: input.from_format ?? null, to: input.to_format, mode: input.mode, isStrict: input.strict, select: input.select },
				...{ indent: input.indent, sortKeys: input.sort_keys, encoding: input.encoding ?? null },
				table: {
					...{ delimiter: input.delimiter ?? null, hasHeader: input.has_header, cells: input.typed_cells ? 'typed' : 'text' },
					...{ isNested: input.nested_columns, escapeFormulas: input.escape_formulas, sheet: input.sheet },
				},
				markup: { rootName: input.root_name, attributePrefix: input.attribute_prefix, textKey: input.text_key, areTyped: input.typed_elements },
			});
			const { report, bytes, isText } = await convert.file({ content: contentOf(input), order, name: input.file_name }, signal);
			const result = Buffer.from(bytes);
			const { lost, convention, changed } = report.counts;
			return answered({
				...{ converted_content: isText ? result.toString('utf8') : null, converted_content_base64: result.toString('base64') },
				...{ from_format: report.from, to_format: report.to, encoding: report.encoding },
				loss_report: {
					...{ lost, by_convention: convention, changed, notes: report.notes },
					round_trip: report.roundTrip && { is_same: report.roundTrip.isSame, path: report.roundTrip.path },
				},
				// No model was asked.
				...{ tokens_consumed: 0, remaining_tokens: ledger.left(context.principal.accountId) },
			});
		}),
		homework: tasks.homework.handler(async ({ context, input, signal = never }) => {
			const { principal } = context;
			const { accountId } = principal;
			const model = names.find(accountId, input.model);
			const leave = places.take(principal);
			let opened: Payment | undefined;
			let receipt: Receipt | undefined;
			let isRepeat = false;
			const payment = {
				open: (cost: { tokens: number; atLeast: number }) => {
					opened = payments.open(principal, { task: 'grading', model, ...cost });
					const hold = ledger.hold(opened.holdId);
					if (!hold) throw new Error(`the hold ${opened.holdId} is gone`);
					return hold;
				},
				settle: (_hold: unknown, used: TokenUse) => {
					isRepeat = used.repeat !== undefined;
					if (opened) receipt = payments.settle(opened, used);
				},
			};
			const order = homeworkOrder(input, model.id);
			try {
				const grade = await grading.gradeOne(accountId, order, payment, signal);
				if (grade === null || !receipt) throw endedBy(signal);
				const { charged, remaining } = receipt;
				const paid = { tokens_consumed: charged, remaining_tokens: remaining };
				return answered({ ...shownGrade(grade, order.rubric), model: model.name, from_cache: isRepeat, ...paid });
			} catch (error) {
				throw signal.aborted && !isFailure(error) ? endedBy(signal) : error;
			} finally {
				leave();
			}
		}),
		subtitle: tasks.subtitle.handler(async ({ context, input, signal = never }) => {
			const { principal } = context;
			const { accountId } = principal;
			const model = names.find(accountId, input.model);
			const content = contentOf(input);
			const source = { bytes: typeof content === 'string' ? Buffer.from(content) : content, fileName: input.file_name };
			const title =
				input.file_name
					.replace(/\.[^.\\/]{1,10}$/, '')
					.trim()
					.slice(0, 200) || 'subtitles';
			const fields = projectFields.parse({ title, sourceLanguage: input.source_lang ?? null, targetLanguage: input.target_lang });
			const { id } = await subtitles.intake.create(accountId, fields, source, null);
			try {
				const order = translateOrder.parse({ modelId: model.id });
				const { tokens } = await subtitles.estimate(accountId, [id], order);
				keyedJobs.refuseBeyond(principal, tokens);
				const available = ledger.spendable(accountId) ?? Number.POSITIVE_INFINITY;
				if (available < tokens) throw failure('INSUFFICIENT_TOKENS', { needed: tokens, available });
				const [project] = subtitles.start(accountId, [id], order);
				if (project?.job) keyedJobs.add(principal, project.job.id);
			} catch (error) {
				// What was not begun leaves nothing behind.
				subtitles.remove(accountId, id);
				throw error;
			}
			await waitForJob(tools, accountId, id, AbortSignal.any([signal, AbortSignal.timeout(input.wait_seconds * 1000)]));
			const task = await shownTask(tools, accountId, id, input.output_format);
			return answered(task, saidOf(task));
		}),
		subtitleResult: tasks.subtitleResult.handler(async ({ context, input }) => {
			const task = await shownTask(tools, context.principal.accountId, input.id, input.output_format);
			return answered(task, saidOf(task));
		}),
	});
}

const never = new AbortController().signal;

/** What came in as a file: a text, or bytes. The schema has seen to it that it is one of the two. */
function contentOf({ content, content_base64 }: { content?: string | undefined; content_base64?: string | undefined }): string | Uint8Array {
	return content ?? new Uint8Array(Buffer.from(content_base64 ?? '', 'base64'));
}

/** Waits until the job of a project is over or waits itself, or `until` aborts. */
async function waitForJob({ subtitles }: ApiTools, accountId: string, projectId: string, until: AbortSignal): Promise<void> {
	for await (const { project } of subtitles.watch(accountId, projectId, until)) {
		if (project.job === null || isJobOver(project.job.state) || project.job.state === 'paused') return;
	}
}

async function shownTask({ subtitles, jobs, ledger }: ApiTools, accountId: string, id: string, format: SavedFormat): Promise<ApiSubtitleTask> {
	const { job, counts, problems } = findProject(subtitles, accountId, id);
	const state = job?.state ?? 'completed';
	const saved = state === 'completed' ? await subtitles.files.save(accountId, id, { format, layout: 'target', encoding: 'utf-8' }) : null;
	return {
		...{ id, job_id: job?.id ?? null, state, progress: job ? jobs.get(accountId, job.id).fraction : 1, failure: job?.failure ?? null },
		...{ cues: counts.toTranslate, translated: counts.translated, failed: counts.failed },
		...{ failed_cues: counts.failed > 0 ? failedCues(subtitles, accountId, id) : [], problems },
		result: saved && { file_name: saved.fileName, content: new TextDecoder().decode(saved.bytes), uncarried: saved.uncarried },
		...{ tokens_consumed: job ? chargedToJob(ledger, job.id) : 0, remaining_tokens: ledger.left(accountId) },
	};
}

/** How far a translation is, in a sentence. */
function saidOf({ state, translated, cues, failed }: ApiSubtitleTask): string {
	const kept = `${translated} of ${cues} cues are translated`;
	if (state === 'paused') return `The translation has paused: ${kept} and kept. Its failure tells why; resume its job once that is mended.`;
	if (state === 'failed' || state === 'cancelled') return `The translation has ended early: ${kept} and kept.`;
	if (state === 'completed') return failed > 0 ? `Done in part: ${kept}. failed_cues tells of the others.` : 'Done.';
	return 'The translation goes on.';
}

/** So many cues that failed are told of. */
const mostFailedCues = 100;

function failedCues(subtitles: ApiTools['subtitles'], accountId: string, id: string): ApiSubtitleTask['failed_cues'] {
	const { cues } = subtitles.cues(accountId, id);
	const failed = cues.flatMap(({ source, failure: why, status }, at) => (status === 'failed' && why ? [{ cue: at + 1, source, failure: why }] : []));
	return failed.slice(0, mostFailedCues);
}

function findProject(subtitles: ApiTools['subtitles'], accountId: string, id: string) {
	try {
		return subtitles.get(accountId, id);
	} catch (error) {
		throw isFailure(error, 'NOT_FOUND') ? failure('NOT_FOUND', { what: 'task' }) : error;
	}
}
