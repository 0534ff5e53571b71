import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CueVersion, SubtitleCue } from '#contract/subtitleCue.ts';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { PlainDialog } from '../../ui/PlainDialog.tsx';
import { endAct } from './cueDraft.ts';
import { toEdited } from './editedText.ts';
import { formatTime } from './formatTime.ts';
import { editCues } from './subtitlesStore.ts';

/** All that a cue ever was; an earlier version can be taken back, which can be undone like any other act. */
export function VersionsDialog({ project, cue, onClose }: { project: SubtitleProject; cue: SubtitleCue; onClose: () => void }) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	const [versions, setVersions] = useState<CueVersion[]>([]);
	const [error, setError] = useState<unknown>(null);
	useEffect(() => {
		client.subtitles.versions({ projectId: project.id, cueId: cue.id }).then(setVersions, setError);
	}, [project.id, cue.id]);
	const take = async ({ target, startMs, endMs }: CueVersion) => {
		endAct();
		if (await editCues([{ cueId: cue.id, target, startMs, endMs }])) onClose();
	};
	return (
		<PlainDialog title={t('versions.title')} onClose={onClose}>
			<ErrorNotice error={error} />
			<Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none' }}>
				{versions.map((version, index) => (
					<Box component="li" key={version.at} sx={{ display: 'flex', gap: 2, py: 1, borderTop: index === 0 ? 0 : 1, borderColor: 'divider' }}>
						<Box sx={{ flex: 1, minWidth: 0 }}>
							<Typography dir="auto" sx={{ whiteSpace: 'pre-wrap', color: version.target === null ? 'text.secondary' : 'text.primary' }}>
								{version.target === null ? t('bench.stages.untranslated') : toEdited(version.target, project.format)}
							</Typography>
							<Typography variant="caption" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
								{[
									t(`versions.by.${version.by}`),
									format.moment(version.at),
									`${formatTime(version.startMs)} → ${formatTime(version.endMs)}`,
									version.isApproved && t('bench.stages.approved'),
								]
									.filter(Boolean)
									.join(' · ')}
							</Typography>
						</Box>
						{index === 0 ? (
							<Typography variant="caption" sx={{ color: 'text.secondary', pt: 0.5 }}>
								{t('versions.now')}
							</Typography>
						) : (
							<Button size="small" color="inherit" onClick={() => void take(version)}>
								{t('versions.take')}
							</Button>
						)}
					</Box>
				))}
			</Box>
		</PlainDialog>
	);
}
