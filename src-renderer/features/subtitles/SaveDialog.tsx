import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SavedFormat, savedFormat } from '#contract/subtitleCue.ts';
import { type SaveLayout, type SubtitleProject, saveLayout } from '#contract/subtitles.ts';
import { client } from '../../rpc/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { notify } from '../../ui/notify.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { saveFile } from '../../ui/saveFile.ts';
import { keepDrafts } from './cueDraft.ts';

const formats = savedFormat.options;
const encodings = ['asRead', 'utf-8'] as const;
/** Of the cues that lose something, so many are told by their numbers. */
const mostNamed = 8;
type Encoding = (typeof encodings)[number];

/** Writes the project as a file: in which format, which of the languages, and in which encoding. */
export function SaveDialog({ project, onClose }: { project: SubtitleProject; onClose: () => void }) {
	const { t } = useTranslation('subtitles');
	const [kind, setKind] = useState<SavedFormat>(formats.find((one) => one === project.format) ?? 'srt');
	const [layout, setLayout] = useState<SaveLayout>('target');
	const isPlain = project.encoding.toLowerCase() === 'utf-8';
	// Others have letters for a few languages, mostly not for that of the translation.
	const [encoding, setEncoding] = useState<Encoding>(/^(?:utf-16|gb18030)/i.test(project.encoding) ? 'asRead' : 'utf-8');
	const isReadOnly = !formats.some((one) => one === project.format);
	const missing = project.counts.toTranslate - project.counts.translated;
	const save = async () => {
		await keepDrafts();
		// A file in UTF-8 is written as it was read, with the mark at its beginning where it had one.
		const { fileName, file, uncarried } = await client.subtitles.save({ projectId: project.id, format: kind, layout, encoding: isPlain ? 'asRead' : encoding });
		saveFile(fileName, file);
		const left = uncarried.map(({ what, cues, numbers }) => {
			const named = numbers.slice(0, mostNamed);
			const which = named.join(t('save.comma')) + (cues > named.length ? ' …' : '');
			return t('save.numbered', { left: t(`save.uncarried.${what}`, { count: cues }), numbers: which });
		});
		notify([t('save.done', { fileName }), left.length > 0 && t('save.left', { left: left.join(t('save.and')) })].filter(Boolean).join(' '));
	};
	return (
		<ConfirmDialog open title={t('save.title')} confirmLabel={t('save.confirm')} onConfirm={save} onClose={onClose}>
			<Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, pt: 1, '& .MuiTextField-root': { width: '100%' } }}>
				<SelectField
					label={t('save.format')}
					value={kind}
					options={formats}
					name={(one) => t(`formats.${one}`)}
					onChange={(chosen) => setKind(formats.find((one) => one === chosen) ?? kind)}
				/>
				<SelectField
					label={t('save.layout')}
					value={layout}
					options={saveLayout.options}
					name={(one) => t(`save.layouts.${one}`)}
					onChange={(chosen) => setLayout(saveLayout.options.find((one) => one === chosen) ?? layout)}
				/>
				<SelectField
					label={t('save.encoding')}
					value={encoding}
					options={isPlain ? ['utf-8'] : encodings}
					name={(one) => (one === 'asRead' ? t('save.asRead', { encoding: project.encoding.toUpperCase() }) : 'UTF-8')}
					onChange={(chosen) => setEncoding(encodings.find((one) => one === chosen) ?? encoding)}
				/>
				<Typography variant="caption" sx={{ color: 'text.secondary' }}>
					{t(isReadOnly ? 'save.readOnly' : kind === project.format ? 'save.sameFormat' : 'save.otherFormat', { format: t(`formats.${project.format}`) })}
				</Typography>
				{missing > 0 && layout !== 'source' && (
					<Typography role="status" sx={{ color: 'warning.main' }}>
						{t('save.missing', { count: missing })}
					</Typography>
				)}
			</Box>
		</ConfirmDialog>
	);
}
