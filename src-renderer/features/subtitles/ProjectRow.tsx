import Link from '@mui/material/Link';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { isJobActive } from '../../rpc/isJobActive.ts';
import { useFormat } from '../../ui/format.ts';
import { notify } from '../../ui/notify.ts';
import { RemoveButton } from '../../ui/RemoveButton.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { type ProjectState, projectStateOf } from './projectStateOf.ts';
import { removeProject, restoreProject } from './subtitlesStore.ts';
import { useLanguagePair } from './useLanguagePair.ts';

/** One project in the list: its languages, how far it is, and the way to its bench. `name` tells it from others of the same title. */
export function ProjectRow({ project, name }: { project: SubtitleProject; name: string }) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	const pairOf = useLanguagePair();
	const { id, title, season, counts, job } = project;
	const isActive = isJobActive(job?.state);
	const state = projectStateOf(project);
	const remove = async () => {
		if (await removeProject(id)) notify(t('list.deleted', { title: name }), () => restoreProject(id));
	};
	return (
		<TableRow hover sx={{ height: 52 }}>
			<TableCell sx={{ width: '40%', minWidth: 160, maxWidth: 0 }}>
				<Link
					component={RouterLink}
					to={`/subtitles/${id}`}
					dir="auto"
					underline="hover"
					noWrap
					sx={{ display: 'block', color: 'text.primary', fontWeight: 550 }}
				>
					{title}
				</Link>
				<Typography variant="caption" dir="auto" noWrap component="div" sx={{ color: 'text.secondary' }}>
					{[season, t(`formats.${project.format}`)].filter(Boolean).join(' · ')}
				</Typography>
			</TableCell>
			<TableCell sx={{ whiteSpace: 'nowrap' }}>{pairOf(project)}</TableCell>
			<TableCell align="right">{format.number(counts.cues)}</TableCell>
			<TableCell align="right">{format.number(counts.translated)}</TableCell>
			<TableCell align="right">{format.number(counts.approved)}</TableCell>
			<TableCell>
				<StateLabel tone={tones[state]} label={t(`list.states.${state}`)} />
			</TableCell>
			<TableCell sx={{ whiteSpace: 'nowrap', color: 'text.secondary' }}>{format.moment(project.createdAt)}</TableCell>
			<TableCell padding="none" align="right">
				<RemoveButton
					label={t('list.deleteNamed', { title: name })}
					hint={isActive ? t('list.deleteWhileBusy') : t('list.delete')}
					isDisabled={isActive}
					onRemove={remove}
				/>
			</TableCell>
		</TableRow>
	);
}

const tones: Record<ProjectState, ComponentProps<typeof StateLabel>['tone']> = {
	...{ untranslated: 'quiet', translating: 'busy', paused: 'warn', cancelled: 'quiet', cancelledPartly: 'warn' },
	...{ failed: 'bad', partly: 'warn', toReview: 'warn', approved: 'good' },
};
