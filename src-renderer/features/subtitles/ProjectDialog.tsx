import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { projectFields, type SubtitleProject } from '#contract/subtitles.ts';
import { client } from '../../rpc/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Folded } from '../../ui/Folded.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { LanguageField } from './LanguageField.tsx';
import { RulesField } from './RulesField.tsx';
import { StyleFields } from './StyleFields.tsx';
import { keepProject } from './subtitlesStore.ts';
import { useGlossaries } from './useGlossaries.ts';
import { useProblemWords } from './useProblemWords.ts';

const frameRates = ['', '23.976', '24', '25', '29.97', '30', '50', '59.94', '60'];

/** Changes what a project is called, its languages, style sheet, reading rules, frame rate and glossary; below, what was odd in its file. */
export function ProjectDialog({ project, onClose }: { project: SubtitleProject; onClose: () => void }) {
	const { t } = useTranslation('subtitles');
	const { glossaries } = useGlossaries();
	const wordsOf = useProblemWords();
	const [fields, setFields] = useState(() => {
		const { title, season, sourceLanguage, targetLanguage, style, rulesId, fps, glossaryId } = project;
		return { title, season, sourceLanguage, targetLanguage, style, rulesId, fps, glossaryId };
	});
	const set = (changes: Partial<typeof fields>) => setFields({ ...fields, ...changes });
	const keep = async () => keepProject(await client.subtitles.change({ projectId: project.id, fields }));
	return (
		<ConfirmDialog
			open
			title={t('project.edit')}
			confirmLabel={t('project.keep')}
			isReady={projectFields.safeParse(fields).success}
			onConfirm={keep}
			onClose={onClose}
		>
			<Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, pt: 1, '& .MuiTextField-root': { width: '100%' } }}>
				<TextField label={t('new.name')} required value={fields.title} onChange={(event) => set({ title: event.target.value })} />
				<TextField label={t('new.season')} value={fields.season} onChange={(event) => set({ season: event.target.value })} />
				<LanguageField
					label={t('new.sourceLanguage')}
					value={fields.sourceLanguage}
					none={t('new.anyLanguage')}
					onChange={(sourceLanguage) => set({ sourceLanguage })}
				/>
				<LanguageField
					label={t('new.targetLanguage')}
					value={fields.targetLanguage}
					onChange={(tag) => set({ targetLanguage: tag ?? fields.targetLanguage, rulesId: '' })}
				/>
				<RulesField value={fields.rulesId} targetLanguage={fields.targetLanguage} onChange={(rulesId) => set({ rulesId })} />
				<SelectField
					label={t('project.fps')}
					value={fields.fps === null ? '' : String(fields.fps)}
					options={frameRates}
					name={(rate) => (rate === '' ? t('project.unknownFps') : rate)}
					onChange={(rate) => set({ fps: rate === '' ? null : Number(rate) })}
				/>
				<SelectField
					label={t('new.glossary')}
					value={fields.glossaryId ?? ''}
					options={['', ...(glossaries ?? []).map(({ id }) => id)]}
					name={(id) => glossaries?.find((glossary) => glossary.id === id)?.name ?? t('project.noGlossary')}
					onChange={(id) => set({ glossaryId: id === '' ? null : id })}
				/>
				<StyleFields value={fields.style} targetLanguage={fields.targetLanguage} onChange={(style) => set({ style })} />
			</Box>
			{project.problems.length > 0 && (
				<Folded
					label={t('preview.problems', { count: project.problems.length })}
					lines={wordsOf(project.problems.slice(0, 200)).map(({ place, words }) => `${place}: ${words}`)}
				/>
			)}
		</ConfirmDialog>
	);
}
