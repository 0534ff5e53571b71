import { contract } from '#contract/contract.ts';

import { handlersFor } from '../../platform/rpc/guard.ts';
import { Convert } from './convert.ts';

export function convertHandlers(convert: Convert) {
	const on = handlersFor(contract.convert);
	const { batches, presets } = convert;
	return on.router({
		formats: on.formats.handler(() => Convert.formats),
		text: on.text.handler(async ({ input, signal }) => {
			const { report, bytes, isText, sidecar } = await convert.text(input.content, input.order, signal);
			return {
				...report,
				convertedContent: isText ? Buffer.from(bytes).toString('utf8') : null,
				file: isText ? null : new File([Buffer.from(bytes)], 'converted', { type: 'application/octet-stream' }),
				sidecar: sidecar && Buffer.from(sidecar).toString('utf8'),
			};
		}),
		detect: on.detect.handler(async ({ input, signal }) => convert.detect(new Uint8Array(await input.file.arrayBuffer()), input, signal)),
		validate: on.validate.handler(({ input: { schema, ...source }, signal }) => convert.validate(source, schema, signal)),
		back: on.back.handler(async ({ input, signal }) => {
			const { bytes, format } = await convert.back(input.content, new Uint8Array(await input.sidecar.arrayBuffer()), signal);
			return { format, content: Buffer.from(bytes).toString('utf8') };
		}),
		mend: on.mend.handler(({ input, signal }) => convert.mend(input.content, input.from, input.delimiter, signal)),
		repairCost: on.repairCost.handler(({ context, input, signal }) => convert.repairs.estimate(context.principal.accountId, input, signal)),
		repair: on.repair.handler(async function* ({ context, input, signal }) {
			yield* convert.repairs.repair(context.principal.accountId, input, signal);
		}),
		diff: on.diff.handler(({ input, signal }) => convert.diff(input.left, input.right, signal)),

		recordsCost: on.recordsCost.handler(({ context, input: { fields, ...order } }) => ({
			tokens: convert.records.estimate(context.principal.accountId, order, fields),
		})),
		proposeFields: on.proposeFields.handler(async function* ({ context, input, signal }) {
			yield* convert.records.fields(context.principal.accountId, input, signal);
		}),
		records: on.records.handler(async function* ({ context, input: { fields, ...order }, signal }) {
			yield* convert.records.records(context.principal.accountId, order, fields, signal);
		}),

		presets: on.presets.handler(({ context }) => presets.list(context.principal.accountId)),
		savePreset: on.savePreset.handler(({ context, input }) => presets.save(context.principal.accountId, input.name, input.order)),
		removePreset: on.removePreset.handler(({ context, input }) => presets.remove(context.principal.accountId, input.presetId)),

		sendFiles: on.sendFiles.handler(async ({ context, input }) => {
			const sent = await Promise.all(input.files.map(async ({ file, ...more }) => ({ ...more, bytes: new Uint8Array(await file.arrayBuffer()) })));
			return batches.send(context.principal.accountId, input.conversionId, sent);
		}),
		addPath: on.addPath.handler(({ context, input }) => batches.addPath(context.principal.accountId, input.conversionId, input.path)),
		dropFile: on.dropFile.handler(({ context, input }) => batches.dropFile(context.principal.accountId, input.conversionId, input.fileId)),
		start: on.start.handler(({ context, input }) => batches.start(context.principal.accountId, input.conversionId, input.order, null)),
		startInto: on.startInto.handler(({ context, input: { conversionId, order, ...destination } }) =>
			batches.start(context.principal.accountId, conversionId, order, destination),
		),
		list: on.list.handler(({ context }) => batches.list(context.principal.accountId)),
		files: on.files.handler(({ context, input }) => batches.filesOf(context.principal.accountId, input.conversionId)),
		watch: on.watch.handler(async function* ({ context, input, signal }) {
			yield* batches.watch(context.principal.accountId, input.conversionId, signal);
		}),
		report: on.report.handler(({ context, input }) => batches.report(context.principal.accountId, input.conversionId, input.fileId)),
		result: on.result.handler(async ({ context, input }) => {
			const { fileName, bytes, sizeBytes } = await batches.result(context.principal.accountId, input.conversionId, input.fileId, input);
			return { fileName, sizeBytes, file: new File([Buffer.from(bytes)], fileName, { type: 'application/octet-stream' }) };
		}),
		remove: on.remove.handler(({ context, input }) => batches.remove(context.principal.accountId, input.conversionId)),
	});
}
