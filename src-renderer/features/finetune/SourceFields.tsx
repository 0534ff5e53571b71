import Box from '@mui/material/Box';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { ChatsSource } from './ChatsSource.tsx';
import { CuesSource } from './CuesSource.tsx';
import { type SourceChoice, sourceChoices } from './datasetSource.ts';
import { FileSource } from './FileSource.tsx';
import { MarksSource } from './MarksSource.tsx';
import { chooseKind, useNewDataset } from './newDatasetStore.ts';
import { SubtitlesSource } from './SubtitlesSource.tsx';

const fields = { file: FileSource, subtitles: SubtitlesSource, marks: MarksSource, cues: CuesSource, chats: ChatsSource } as const;

/** Where the examples come from: one of several kinds, and what each needs. */
export function SourceFields() {
	const { t } = useTranslation('finetune');
	const kind = useNewDataset((state) => state.kind);
	const Fields = fields[kind];
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.5, minWidth: 0 }}>
			<ToggleButtonGroup
				exclusive
				fullWidth
				size="small"
				aria-label={t('datasets.source.label')}
				value={kind}
				onChange={(_event, chosen: SourceChoice | null) => chosen && chooseKind(chosen)}
			>
				{sourceChoices.map((choice) => (
					<ToggleButton key={choice} value={choice} sx={{ px: 0.5, whiteSpace: 'nowrap' }}>
						{t(`datasets.source.kinds.${choice}`)}
					</ToggleButton>
				))}
			</ToggleButtonGroup>
			<Typography variant="caption" sx={{ color: 'text.secondary' }}>
				{t(`datasets.source.help.${kind}`)}
			</Typography>
			<Fields />
		</Box>
	);
}
