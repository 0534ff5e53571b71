import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { isJobActive } from '../../rpc/isJobActive.ts';
import { useFormat } from '../../ui/format.ts';
import { notify } from '../../ui/notify.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { removeProject, restoreProject } from './subtitlesStore.ts';
import { useLanguagePair } from './useLanguagePair.ts';

/** One project in the list: its languages, how far it is, and the way to its bench. */
export function ProjectRow({ project }: { project: SubtitleProject }) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	const pairOf = useLanguagePair();
	const { id, title, season, counts, job } = project;
	const isActive = isJobActive(job?.state);
	const state = stateOf(project);
	const remove = async () => {
		if (await removeProject(id)) notify(t('list.deleted', { title }), () => restoreProject(id));
	};
	return (
		<TableRow hover sx={{ height: 52 }}>
			<TableCell sx={{ width: '40%', maxWidth: 0 }}>
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
				<Tooltip title={isActive ? t('list.deleteWhileBusy') : t('list.delete')}>
					<span>
						<IconButton aria-label={t('list.deleteNamed', { title })} disabled={isActive} onClick={() => void remove()}>
							<DeleteIcon fontSize="small" />
						</IconButton>
					</span>
				</Tooltip>
			</TableCell>
		</TableRow>
	);
}

const tones = { untranslated: 'quiet', translating: 'busy', paused: 'warn', failed: 'bad', partly: 'warn', toReview: 'warn', approved: 'good' } as const;

function stateOf({ counts, job }: SubtitleProject): keyof typeof tones {
	if (job?.state === 'paused') return 'paused';
	if (isJobActive(job?.state)) return 'translating';
	if (counts.toTranslate > 0 && counts.approved >= counts.toTranslate) return 'approved';
	if (counts.failed > 0) return 'failed';
	if (counts.translated === 0) return 'untranslated';
	return counts.translated < counts.toTranslate ? 'partly' : 'toReview';
}
