import EditIcon from '@mui/icons-material/EditOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { isJobActive } from '../../rpc/isJobActive.ts';
import { BackHeader } from '../../ui/BackHeader.tsx';
import { useFormat } from '../../ui/format.ts';
import { openDialog } from './benchStore.ts';
import { LearnButton } from './LearnButton.tsx';
import { StartTranslation } from './StartTranslation.tsx';
import { TranslationProgress } from './TranslationProgress.tsx';
import { useLanguagePair } from './useLanguagePair.ts';

/** The head of the bench: the project, how far it is, its translation, and the way out of it. */
export function BenchHeader({ project }: { project: SubtitleProject }) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	const pairOf = useLanguagePair();
	const { counts } = project;
	const activeJob = isJobActive(project.job?.state) ? project.job : null;
	return (
		<BackHeader
			back={{ to: '/subtitles', label: t('bench.back') }}
			titlePx={{ narrow: 200, wide: 360 }}
			title={project.title}
			action={
				<>
					<Button variant="outlined" onClick={() => openDialog('save')}>
						{t('save.open')}
					</Button>
					{!activeJob && <StartTranslation project={project} />}
				</>
			}
		>
			<Tooltip title={t('project.edit')}>
				<IconButton aria-label={t('project.edit')} onClick={() => openDialog('project')} sx={{ ml: -1 }}>
					<EditIcon fontSize="small" />
				</IconButton>
			</Tooltip>
			<LearnButton project={project} />
			<Box sx={{ minWidth: 0, flex: 'none', maxWidth: 280 }}>
				<Typography variant="caption" component="p" noWrap sx={{ m: 0, color: 'text.secondary' }}>
					{pairOf(project)}
				</Typography>
				<Typography variant="caption" component="p" noWrap role="status" sx={{ m: 0, color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
					{t('bench.counts', {
						translated: format.number(counts.translated),
						toTranslate: format.number(counts.toTranslate),
						approved: format.number(counts.approved),
					})}
				</Typography>
			</Box>
			{activeJob && (
				<Box sx={{ flex: 1, minWidth: 0, maxWidth: 640, ml: 2 }}>
					<TranslationProgress key={activeJob.id} job={activeJob} />
				</Box>
			)}
		</BackHeader>
	);
}
