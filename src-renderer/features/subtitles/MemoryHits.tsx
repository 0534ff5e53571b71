import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import type { MemoryHit, SubtitleProject } from '#contract/subtitles.ts';
import { visibleText } from '#contract/visibleText.ts';
import { client } from '../../rpc/client.ts';
import { useFormat } from '../../ui/format.ts';
import { typeTarget } from './cueDraft.ts';
import { toEdited } from './editedText.ts';
import { focusTarget } from './focusBench.ts';

/** Whoever walks through the cues by keys does not ask for each. */
const pauseMs = 250;

/** What earlier translations have for a cue, likest first; one is taken over by pressing it. */
export function MemoryHits({ project, cue }: { project: SubtitleProject; cue: SubtitleCue }) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	const [hits, setHits] = useState<MemoryHit[]>([]);
	useEffect(() => {
		let isCurrent = true;
		setHits([]);
		const timer = setTimeout(() => {
			// Hits are a help beside the work: where they cannot be had, the work goes on without a word.
			client.subtitles.memoryHits({ projectId: project.id, cueId: cue.id }).then(
				(found) => isCurrent && setHits(found),
				() => {},
			);
		}, pauseMs);
		return () => {
			isCurrent = false;
			clearTimeout(timer);
		};
	}, [project.id, cue.id]);
	const take = (target: string) => {
		typeTarget(cue.id, toEdited(target, project.format));
		focusTarget();
	};
	return (
		<Box sx={{ typography: 'caption', color: 'text.secondary', minHeight: 18, minWidth: 0, display: 'flex', gap: 1.5, overflow: 'hidden' }}>
			{hits
				.filter(({ target }) => visibleText(target) !== visibleText(cue.target ?? ''))
				.slice(0, 2)
				.map(({ source, target, fraction }) => (
					<ButtonBase key={source + target} title={source} onClick={() => take(target)} sx={{ typography: 'caption', minWidth: 0, borderRadius: 0.5 }}>
						<Box component="span" dir="auto" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
							{t('editor.memory', { share: format.percent(fraction), target: visibleText(target) })}
						</Box>
					</ButtonBase>
				))}
		</Box>
	);
}
