import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { visibleText } from '#contract/visibleText.ts';
import { client } from '../../rpc/client.ts';
import { usePickedModel } from '../../rpc/usePickedModel.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ModelChoice } from '../../ui/ModelChoice.tsx';
import { forgetAct } from '../../ui/notify.ts';
import { endAct, keepDrafts } from './cueDraft.ts';
import { layOver } from './subtitlesStore.ts';

/** Has a model translate the chosen cues anew, one by one, with a hint; closing ends it. What comes of each can be undone. */
export function RetranslateDialog({ project, chosen, onClose }: { project: SubtitleProject; chosen: readonly SubtitleCue[]; onClose: () => void }) {
	const { t } = useTranslation('subtitles');
	const [hint, setHint] = useState('');
	const [step, setStep] = useState<{ what: 'loading' | 'writing'; number: number } | null>(null);
	const open = chosen.filter(({ skip, isApproved }) => skip === null && !isApproved);
	const choice = usePickedModel(project);
	const { model, adapter } = choice;
	const stop = useRef(new AbortController());
	useEffect(() => {
		// Made anew, since React may run an effect twice.
		stop.current = new AbortController();
		return () => stop.current.abort();
	}, []);
	const translate = async () => {
		if (!model || !(await keepDrafts())) return;
		endAct();
		forgetAct();
		try {
			for (const [at, { id: cueId }] of open.entries()) {
				const order = { projectId: project.id, cueId, modelId: model.id, adapter, hint: hint.trim() };
				for await (const told of await client.subtitles.retranslate(order, { signal: stop.current.signal })) {
					if (told.kind === 'translated') layOver({ project: told.project, changed: [told.cue], removed: [] });
					else setStep({ what: told.kind, number: at + 1 });
				}
			}
		} catch (error) {
			if (!stop.current.signal.aborted) throw error;
		} finally {
			setStep(null);
		}
	};
	return (
		<ConfirmDialog
			open
			title={t('retranslate.title', { count: chosen.length })}
			confirmLabel={t('retranslate.confirm')}
			isReady={model !== null && open.length > 0}
			onConfirm={translate}
			onClose={onClose}
		>
			<Typography dir="auto" sx={{ whiteSpace: 'pre-line', mb: 2, maxHeight: 160, overflow: 'auto' }}>
				{chosen.map(({ source }) => visibleText(source)).join('\n')}
			</Typography>
			<TextField
				autoFocus
				fullWidth
				label={t('retranslate.hint')}
				placeholder={t('retranslate.example')}
				value={hint}
				onChange={(event) => setHint(event.target.value)}
				slotProps={{ htmlInput: { maxLength: 500, dir: 'auto' } }}
				sx={{ mb: 2 }}
			/>
			<Box sx={{ display: 'flex', gap: 1 }}>
				<ModelChoice choice={choice} sx={{ width: 1 }} />
			</Box>
			<Typography role="status" variant="caption" component="p" sx={{ color: 'text.secondary', m: 0, mt: 1, minHeight: 18 }}>
				{step !== null && [t(`retranslate.${step.what}`), open.length > 1 && `${step.number} / ${open.length}`].filter(Boolean).join(' · ')}
				{step === null && open.length < chosen.length && t('retranslate.approved', { count: chosen.length - open.length })}
			</Typography>
		</ConfirmDialog>
	);
}
